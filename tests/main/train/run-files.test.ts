import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Run, RunError, RunFiles, runSchema } from '../../../main/train/run-files.ts';

let folder: string;
let files: RunFiles<Run>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'));
  files = new RunFiles(folder, runSchema);
  await files.writeRun({
    kind: 'restore',
    name: 'a',
    folder: 'photos',
    seed: 1,
    task: { kind: 'denoise', noise: 'gaussian' },
    network: 'denoiser-fast',
    stages: [{ patches: 2, size: 16, share: 1 }],
    learningRate: 1e-3,
    evaluationSteps: 500,
    checkpointSeconds: 60,
    steps: 9,
  });
});
afterEach(() => rm(folder, { recursive: true }));

const state = (value: number) => {
  const vector = () => new Float32Array(3).fill(value);
  return { parameters: vector(), m: vector(), v: vector(), ema: vector() };
};
const newest = () => join(folder, 'checkpoint', 'newest.safetensors');

it('gives the newest checkpoint back', async () => {
  await files.writeCheckpoint({ step: 1, state: state(0.25) });
  await files.writeCheckpoint({ step: 2, state: state(0.5) });
  expect(await files.readCheckpoint(3)).toEqual({ step: 2, state: state(0.5) });
});

it('falls back to the one before when the newest is cut short', async () => {
  await files.writeCheckpoint({ step: 1, state: state(0.25) });
  await files.writeCheckpoint({ step: 2, state: state(0.5) });
  await writeFile(newest(), (await readFile(newest())).subarray(0, -5));
  expect((await files.readCheckpoint(3))?.step).toBe(1);
});

it('says so when every checkpoint is damaged, rather than beginning again', async () => {
  await files.writeCheckpoint({ step: 1, state: state(0.25) });
  await writeFile(newest(), 'nothing');
  await expect(files.readCheckpoint(3)).rejects.toThrow(RunError);
});

it('refuses a checkpoint of another network', async () => {
  await files.writeCheckpoint({ step: 1, state: state(0.25) });
  await expect(files.readCheckpoint(4)).rejects.toThrow('does not fit this network');
});

it('has no checkpoint before the first was written', async () => {
  expect(await files.readCheckpoint(3)).toBeUndefined();
});
