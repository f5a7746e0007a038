/** Runs that are killed at random and gone on with, beside one that is left in peace. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { type Run, RunFiles, runSchema } from '../../main/train/run-files.ts';
import { ended, type Workplace } from './cli/built-cli.ts';
import { eventually } from './eventually.ts';

/** Four small pictures to train on. */
export async function makePhotos({ folder }: Workplace): Promise<void> {
  await mkdir(join(folder, 'photos'));
  for (let index = 0; index < 4; index++) {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    await sharp({ create: { width: 128, height: 96, channels: 3, background: 'grey', noise } })
      .blur(2)
      .toFile(join(folder, 'photos', `${index}.png`));
  }
}

/** A run of small batches that waits to be gone on with. */
export function prepareRun(
  { folder, home }: Workplace,
  name: string,
  length: Pick<Run, 'steps' | 'checkpointSeconds'>,
): Promise<void> {
  return new RunFiles(join(home, 'runs', name), runSchema).writeRun({
    kind: 'restore',
    name,
    folder: join(folder, 'photos'),
    seed: 2,
    task: { kind: 'denoise', noise: 'gaussian' },
    network: 'denoiser-fast',
    // The second stage begins amid the kills.
    stages: [
      { patches: 2, size: 32, share: 0.5 },
      { patches: 1, size: 48, share: 0.5 },
    ],
    learningRate: 1e-3,
    evaluationSteps: 500,
    ...length,
  });
}

export const resumeRun = (name: string) => [
  'train',
  'denoise',
  '--data',
  'photos',
  '--name',
  name,
  '--resume',
];

/** Goes on with a run and kills it, with all its processes, after so many milliseconds. @returns whether it still ran */
export async function killedAfter(place: Workplace, name: string, ms: number): Promise<boolean> {
  const child = place.start(...resumeRun(name));
  const end = ended(child);
  await wait(ms);
  const runs = child.pid !== undefined && child.exitCode === null;
  if (runs && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await end;
  return runs;
}

/** Goes on with a run and kills it, with all its processes, within about a step of its having logged so many. */
export async function killedAtStep(place: Workplace, name: string, step: number): Promise<void> {
  const child = place.start(...resumeRun(name));
  const end = ended(child);
  await eventually(async () => (await loggedLosses(place, name)).length >= step);
  await wait(Math.random() * 100);
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  await end;
}

/** The weights that became the model, without its name. */
export const bestWeights = ({ home }: Workplace, name: string): Promise<Buffer> =>
  readFile(join(home, 'runs', name, 'checkpoint/best.safetensors'));

/** Step and loss of every whole line of a run's log; none while there is no log. */
export async function loggedLosses({ home }: Workplace, name: string): Promise<[number, number][]> {
  const path = join(home, 'runs', name, 'log.jsonl');
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  const entries = text.split('\n').slice(0, -1);
  return entries.map((line) => JSON.parse(line)).map(({ step, loss }) => [step, loss]);
}
