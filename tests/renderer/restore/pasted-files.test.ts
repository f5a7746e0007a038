import { expect, it } from 'vitest';
import { pastedFiles } from '../../../renderer/restore/pasted-files.ts';

const now = new Date(2026, 10, 21, 9, 5, 7);
const pasted = (...files: File[]) => pastedFiles({ files: files as unknown as FileList }, now);

it('a picture without a file is called after the moment, and keeps its bytes', async () => {
  const [file] = pasted(new File(['abc'], 'image.png', { type: 'image/png' }));
  expect([file?.name, file?.type, await file?.text()]).toEqual([
    'pasted-2026-11-21-09-05-07.png',
    'image/png',
    'abc',
  ]);
});

it('copied files keep their names, and text brings nothing', () => {
  expect(pasted(new File([], 'a.jpg'), new File([], 'b.tif')).map(({ name }) => name)).toEqual([
    'a.jpg',
    'b.tif',
  ]);
  expect(pasted()).toEqual([]);
});
