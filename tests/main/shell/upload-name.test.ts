import { expect, test } from 'vitest';
import { safeName } from '../../../main/shell/upload-name.ts';

test.each(['photo.jpg', 'Straße 12 – 写真.TIFF', '.hidden.png', 'a b (2).jpeg'])('keeps %s', (name) => {
  expect(safeName(name)).toBe(name);
});

test.each(['../photo.jpg', '/etc/passwd', '..\\photo.jpg', 'a/b.jpg', 'C:\\x.png', '..', '.', ''])(
  'rejects path traversal in name: %s',
  (name) => expect(() => safeName(name)).toThrow('is not a file name'),
);

test('replaces what some file systems refuse', () => {
  expect(safeName('a:b?\u0000\n*.jpg')).toBe('a_b____.jpg');
  expect(safeName('photo.jpg. ')).toBe('photo.jpg_');
  expect(safeName('con.png')).toBe('_con.png');
});

test('shortens a name that no file system takes and keeps its extension', () => {
  const name = safeName(`${'写'.repeat(200)}.jpg`);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(150);
  expect(name).toMatch(/^写+\.jpg$/);
});
