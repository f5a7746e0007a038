import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partialName, sweepPartials } from '../../../main/image/partial-files.ts';
import { writeNewFile } from '../../../main/image/write-new-file.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  if (child.pid === undefined) throw new Error('The process did not start.');
  return child.pid;
}

const by = (pid: number) => partialName().replace(`-${process.pid}-`, `-${pid}-`);

describe('sweepPartials', () => {
  it('removes what a killed process left, when the folder is next written into', async () => {
    await writeFile(at(by(await deadProcess())), 'half a pic');
    await writeFile(at(`${by(await deadProcess())}.v`), 'pixels in work');
    const output = await writeNewFile([at('a.jpg')], new Uint8Array(3));
    expect(output).toBe(at('a.jpg'));
    expect(await readdir(folder.path)).toEqual(['a.jpg']);
  });

  it('leaves what living processes write, what other computers write, and everything else', async () => {
    const dead = by(await deadProcess());
    const kept = [
      by(process.pid),
      by(process.ppid),
      dead.replace(/^\.relume-.{12}/, '.relume-000000000000'),
      `${dead}.jpg`,
      '.relume-notes.partial',
      'photo.jpg',
    ];
    for (const name of kept) await writeFile(at(name), 'mine');
    await sweepPartials(folder.path);
    expect((await readdir(folder.path)).sort()).toEqual([...kept].sort());
  });

  it('says nothing of a folder that is not there: the writer does', async () => {
    await expect(sweepPartials(at('none'))).resolves.toBeUndefined();
  });
});
