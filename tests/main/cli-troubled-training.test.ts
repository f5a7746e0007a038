import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeCollection } from '../../main/train/run-collection.ts';
import { RunFiles, runSchema } from '../../main/train/run-files.ts';
import { openWorkplace, type Workplace } from './cli/built-cli.ts';
import { bestWeights, loggedLosses, makePhotos, prepareRun, resumeRun } from './killed-run.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
  await makePhotos(place);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await place.remove();
});

/** The network is the real one, so a step takes its time on a busy machine. */
const patience = 400_000;
/** Two steps of each stage. */
const length = { steps: 4, checkpointSeconds: 0.05 };
const photo = (index: number) => join(place.folder, 'photos', `${index}.png`);
const runFolder = (name: string) => join(place.home, 'runs', name);

/** A run whose pictures were chosen before: the last of four is held out. */
async function prepareChosen(name: string): Promise<void> {
  await prepareRun(place, name, length);
  await writeCollection(runFolder(name), {
    training: [0, 1, 2].map(photo),
    heldOut: [photo(3)],
  });
}

async function noteOf(name: string): Promise<string> {
  return JSON.parse(await readFile(join(runFolder(name), 'status.json'), 'utf8')).note;
}

it(
  'leaves out pictures that were removed or damaged since, names them, and finishes with the others',
  async () => {
    await prepareChosen('mine');
    await rm(photo(0));
    await writeFile(photo(1), 'no picture any more');
    const { status, stderr } = await place.run(...resumeRun('mine'));
    expect(stderr).not.toContain('Error');
    expect(status).toBe(0);
    expect(await noteOf('mine')).toContain('1.png is not a picture');
    // Once, however many steps there are.
    expect(stderr.match(/1\.png is not a picture/g)).toHaveLength(1);
    expect((await place.run('train', 'status', 'mine')).stdout).toMatch(
      /^mine: done, .*\n {2}.*1\.png is not a picture/,
    );
    expect(await loggedLosses(place, 'mine')).toHaveLength(length.steps);
  },
  patience,
);

it(
  'waits for a drive that is not connected, and goes on when it is',
  async () => {
    await prepareChosen('mine');
    await rename(join(place.folder, 'photos'), join(place.folder, 'elsewhere'));
    const unplugged = await place.run(...resumeRun('mine'));
    // The command line itself asks for the folder.
    expect(unplugged.stderr).toMatch(/photos/);
    expect(unplugged.status).not.toBe(0);
    const gone = await place.run('train', 'resume', 'mine');
    expect(gone.stderr).toContain('connect their drive, then resume');
    expect(gone.status).toBe(1);
    await rename(join(place.folder, 'elsewhere'), join(place.folder, 'photos'));
    expect((await place.run('train', 'resume', 'mine')).status).toBe(0);
  },
  patience,
);

/** Makes every write of a checkpoint fail as a full disk does, while a file lies beside the run. */
async function fillDisk(marker: string): Promise<void> {
  const preload = join(place.home, 'full-disk.mjs');
  await writeFile(
    preload,
    `import { existsSync } from 'node:fs';
     import fs from 'node:fs/promises';
     import { syncBuiltinESMExports } from 'node:module';
     const open = fs.open;
     fs.open = async (path, ...rest) => {
       const file = await open(path, ...rest);
       if (String(path).includes('newest.safetensors') && existsSync(${JSON.stringify(marker)})) {
         const fail = async () => {
           throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
         };
         Object.defineProperty(file, 'writeFile', { value: fail });
       }
       return file;
     };
     syncBuiltinESMExports();`,
  );
  await writeFile(marker, '');
  vi.stubEnv('NODE_OPTIONS', `--import=${pathToFileURL(preload).href}`);
}

it(
  'pauses when the disk is full, says so, and loses nothing',
  async () => {
    await prepareRun(place, 'calm', length);
    expect((await place.run(...resumeRun('calm'))).status).toBe(0);

    await prepareRun(place, 'mine', length);
    const marker = join(place.home, 'full');
    await fillDisk(marker);
    const full = await place.run(...resumeRun('mine'));
    expect(full.stderr).toContain('The disk is full, so mine is paused: free some space, then resume it.');
    expect(full.status).toBe(1);
    const { stdout } = await place.run('train', 'status', 'mine');
    expect(stdout).toMatch(/^mine: paused.*The disk is full/);

    await rm(marker);
    expect((await place.run('train', 'resume', 'mine')).status).toBe(0);
    expect(await loggedLosses(place, 'mine')).toEqual(await loggedLosses(place, 'calm'));
    expect((await bestWeights(place, 'mine')).equals(await bestWeights(place, 'calm'))).toBe(true);
  },
  patience,
);

it(
  'ends early once nothing gets any better, with a model',
  async () => {
    await prepareRun(place, 'idle', { steps: 30, checkpointSeconds: 60 });
    const files = new RunFiles(runFolder('idle'), runSchema);
    // So small a rate that no weight changes in 32 bits.
    await files.writeRun({ ...(await files.readRun()), learningRate: 1e-30, evaluationSteps: 1 });
    const { status, stdout } = await place.run(...resumeRun('idle'));
    expect(status).toBe(0);
    expect(stdout).toContain('Trained for 16 steps');
    expect(await noteOf('idle')).toContain('Ended early');
  },
  patience,
);

it('says so when no picture can be used, and keeps no run', async () => {
  const folder = join(place.folder, 'useless');
  await mkdir(folder);
  await writeFile(join(folder, 'a.jpg'), 'no picture');
  const { status, stderr } = await place.run('train', 'denoise', '--data', 'useless', '--name', 'none');
  expect(stderr).toContain('No picture of the collection can be used');
  expect(status).toBe(1);
  expect((await place.run('train', 'status')).stdout).toBe('');
});
