import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunFiles, runSchema } from '../../main/train/run-files.ts';
import { ended, openWorkplace, type Workplace } from './cli/built-cli.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
  await mkdir(join(place.folder, 'photos'));
  for (let index = 0; index < 4; index++) {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    await sharp({ create: { width: 128, height: 96, channels: 3, background: 'grey', noise } })
      .blur(2)
      .toFile(join(place.folder, 'photos', `${index}.png`));
  }
});
afterEach(() => place.remove());

/** A short run whose checkpoints come often. */
async function prepare(name: string): Promise<void> {
  const length = { steps: 40, evaluationSteps: 500, checkpointSeconds: 0.05 };
  const shape = {
    seed: 2,
    task: { kind: 'denoise', noise: 'gaussian' },
    network: 'denoiser-fast',
    // The second stage begins amid the kills.
    stages: [
      { patches: 2, size: 32, share: 0.5 },
      { patches: 1, size: 48, share: 0.5 },
    ],
    learningRate: 1e-3,
  } as const;
  const folder = join(place.folder, 'photos');
  await new RunFiles(join(place.home, 'runs', name), runSchema).writeRun({
    name,
    folder,
    ...shape,
    ...length,
  });
}

const train = (name: string) => ['train', 'denoise', '--data', 'photos', '--name', name, '--resume'];
/** The weights that became the model, without its name. */
const weights = (name: string) => readFile(join(place.home, 'runs', name, 'checkpoint/best.safetensors'));

it.skipIf(process.platform === 'win32')(
  'a run killed again and again gives the very model of an undisturbed one',
  async () => {
    await prepare('calm');
    expect((await place.run(...train('calm'))).status).toBe(0);

    await prepare('killed');
    for (let kill = 0; kill < 3; kill++) {
      const child = place.start(...train('killed'));
      const end = ended(child);
      await wait(700 + Math.random() * 1200);
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await end;
    }
    expect((await place.run(...train('killed'))).status).toBe(0);
    expect((await weights('killed')).equals(await weights('calm'))).toBe(true);
  },
  // The network is the real one, so a step takes its time on a busy machine.
  400_000,
);

it('a run whose checkpoints are all damaged says so and leaves them alone', async () => {
  await prepare('broken');
  const checkpoint = join(place.home, 'runs/broken/checkpoint/newest.safetensors');
  await writeFile(checkpoint, 'not a checkpoint');
  const { status, stderr } = await place.run(...train('broken'));
  expect(stderr).toContain('No checkpoint can be read');
  expect(status).toBe(1);
  expect(await readFile(checkpoint, 'utf8')).toBe('not a checkpoint');
});
