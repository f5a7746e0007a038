import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunLog } from '../../../main/train/run-log.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const path = () => join(folder.path, 'log.jsonl');
const lines = (from: number, to: number) =>
  Array.from(
    { length: to - from + 1 },
    (_, i) => `${JSON.stringify({ step: from + i, loss: from + i })}\n`,
  ).join('');

it('follows a log that grows, even one whose last line is half written', async () => {
  const log = new RunLog(folder.path);
  expect(await log.curves(10)).toEqual({ loss: [], psnr: [] });
  await writeFile(path(), `${lines(1, 2)}{"step":3,`);
  expect((await log.curves(10)).loss).toEqual([
    [1, 1],
    [2, 2],
  ]);
  await appendFile(path(), '"loss":3,"psnr":30}\n');
  expect(await log.curves(10)).toEqual({
    loss: [
      [1, 1],
      [2, 2],
      [3, 3],
    ],
    psnr: [[3, 30]],
  });
});

it('thins a long log out to means', async () => {
  await writeFile(path(), lines(1, 1000));
  const { loss } = await new RunLog(folder.path).curves(100);
  expect(loss).toHaveLength(100);
  // The mean of steps 1 to 10, whose losses are the same numbers.
  expect(loss[0]).toEqual([6, 5.5]);
  expect(loss.at(-1)).toEqual([996, 995.5]);
});

it('takes what was measured where a run was stopped, once for each step', async () => {
  await writeFile(path(), `${lines(1, 2)}{"step":2,"psnr":30}\n{"step":2,"psnr":31}\n`);
  expect(await new RunLog(folder.path).curves(10)).toEqual({
    loss: [
      [1, 1],
      [2, 2],
    ],
    psnr: [[2, 31]],
  });
});

it('begins again when the run went back', async () => {
  const log = new RunLog(folder.path);
  await writeFile(path(), lines(1, 50));
  await log.curves(100);
  await writeFile(path(), lines(1, 20));
  expect((await log.curves(100)).loss).toHaveLength(20);
});
