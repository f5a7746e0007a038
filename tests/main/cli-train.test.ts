import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { ended, openWorkplace, type Workplace } from './cli/built-cli.ts';
import { eventually } from './eventually.ts';
import { loggedLosses, prepareRun, resumeRun } from './killed-run.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
  await mkdir(join(place.folder, 'photos'));
  for (let index = 0; index < 6; index++) {
    const colour = { r: 40 * index, g: 200 - 30 * index, b: 128 };
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    await sharp({ create: { width: 256, height: 192, channels: 3, background: colour, noise } })
      .blur(2)
      .toFile(join(place.folder, 'photos', `${index}.png`));
  }
});
afterEach(() => place.remove());

/** The network is the real one, so a step takes its time on a busy machine. */
const patience = 400_000;

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

it('evaluate measures noise that is neither clipped nor rounded', async () => {
  const { status, stdout } = await place.run(
    ...['evaluate', 'denoise', '--data', 'photos', '--sigma', '25', '--model', 'tiny', '--json'],
  );
  const scores = z.object({ psnr: z.number(), ssim: z.number(), images: z.number() });
  const comparison = z.strictObject({
    model: scores,
    baselines: z.array(scores.extend({ name: z.string() })),
  });
  const { model, baselines } = comparison.parse(JSON.parse(stdout));
  const { psnr, ssim, images } = model;
  expect(baselines.map(({ name }) => name)).toEqual(['as it is', 'bilateral filter']);
  // The model 'tiny' changes nothing: 20 log10(255 / 25).
  expect(psnr).toBeCloseTo(20.17, 1);
  expect(ssim).toBeGreaterThan(0);
  expect(ssim).toBeLessThan(1);
  expect(images).toBe(6);
  expect(status).toBe(0);
});

it(
  'a run is paused from another terminal, shown, ended with what it has, and deleted without its model',
  async () => {
    await prepareRun(place, 'mine', { steps: 1000, checkpointSeconds: 60 });
    const end = ended(place.start(...resumeRun('mine')));
    await eventually(async () => (await loggedLosses(place, 'mine')).length > 0);
    expect((await place.run('train', 'status')).stdout).toMatch(/^mine: running, step \d+ of 1000/);
    expect((await place.run('train', 'resume', 'mine')).stderr).toContain('is being trained already');
    expect((await place.run('train', 'delete', 'mine', '--yes')).stderr).toContain('pause or stop it before');
    expect((await place.run('train', 'pause', 'mine')).status).toBe(0);
    expect((await end).status).toBe(130);
    expect((await place.run('train', 'status', 'mine')).stdout).toMatch(/^mine: paused, step \d+ of 1000/);

    const stopped = await place.run('train', 'stop', 'mine');
    expect(stopped.stdout).toMatch(/dB (better|worse) than|No better than/);
    expect(stopped.status).toBe(0);
    expect(await exists(join(place.home, 'models/mine/card.json'))).toBe(true);
    expect((await place.run('train', 'status', 'mine')).stdout).toMatch(/^mine: done/);
    expect((await place.run('train', 'pause', 'mine')).stderr).toContain('not being trained');

    expect(await place.run('train', 'delete', 'mine')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('say --yes'),
    });
    expect((await place.run('train', 'delete', 'mine', '--yes')).stdout).toBe(
      'mine is deleted. The model mine is kept.\n',
    );
    expect((await place.run('train', 'status', 'mine')).stderr).toContain('There is no run "mine"');
    expect(await exists(join(place.home, 'models/mine/card.json'))).toBe(true);
  },
  patience,
);

it.skipIf(process.platform === 'win32')(
  'train stops at Ctrl-C, and goes on from there',
  async () => {
    const train = ['train', 'denoise', '--data', 'photos', '--name', 'mine'];
    const child = place.start(...train, '--steps', '6');
    const end = ended(child);
    await eventually(async () => (await loggedLosses(place, 'mine')).length > 0);
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    const stopped = await end;
    expect(stopped.stderr).toContain(`To go on: npm start -- train denoise --data "${place.folder}/photos"`);
    expect(stopped.status).toBe(130);
    expect(await exists(join(place.home, 'models/mine'))).toBe(false);

    const resumed = await place.run(...train, '--resume');
    expect(resumed.stdout).toContain(
      'Trained for 6 steps. To use it: npm start -- denoise photo.jpg --model mine',
    );
    expect(resumed.status).toBe(0);
    const steps = (await loggedLosses(place, 'mine')).map(([step]) => step);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6]);

    const again = await place.run(...train);
    expect(again.stderr).toContain('go on with --resume');
    expect(again.status).toBe(1);
  },
  patience,
);

it(
  'train learns from pairs of two folders, and from noisy pictures alone',
  async () => {
    await mkdir(join(place.folder, 'noisy'));
    for (let index = 0; index < 5; index++) {
      // The clean picture with every other pixel brighter: what noise it is does not matter here.
      const { data, info } = await sharp(join(place.folder, 'photos', `${index}.png`))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const noisy = data.map((level, i) => Math.min(255, level + (i % 2) * 20));
      const raw = { width: info.width, height: info.height, channels: 3 } as const;
      await sharp(noisy, { raw }).toFile(join(place.folder, 'noisy', `${index}.png`));
    }
    const short = ['train', 'denoise', '--from', 'denoise-fast', '--steps', '1'];
    const pairs = await place.run(...short, '--clean', 'photos', '--noisy', 'noisy', '--name', 'pairs');
    expect(pairs.stderr).toContain('No noisy picture is named like 5.png.');
    expect(pairs).toMatchObject({ status: 0 });
    const collection = await readFile(join(place.home, 'runs/pairs/collection.json'), 'utf8');
    expect(JSON.parse(collection).noisyPaths).toHaveProperty([join(place.folder, 'photos/0.png')]);

    const alone = await place.run(...short, '--data', 'noisy', '--noisy-only', '--name', 'alone');
    expect(alone).toMatchObject({ status: 0 });
    const card = JSON.parse(await readFile(join(place.home, 'models/alone/card.json'), 'utf8'));
    expect(card.scores[0].set).toBe('held-out noisy photos, against their neighbouring pixels');
  },
  patience,
);

it.each([
  [['--noisy', 'noisy'], 'name either --data, or both --clean and --noisy'],
  [['--data', 'photos', '--clean', 'photos', '--noisy', 'noisy'], 'name either --data'],
  [['--data', 'photos', '--noisy-only', '--degrade', 'camera'], 'exclude each other'],
])('train denoise refuses %j', async (options, reason) => {
  const { status, stderr } = await place.run('train', 'denoise', ...options);
  expect(stderr).toContain(reason);
  expect(status).toBe(2);
});

it('a model of another network is refused before there is a run', async () => {
  const { status, stderr } = await place.run(
    ...['train', 'denoise', '--data', 'photos', '--from', 'upscale-2x', '--steps', '1'],
  );
  expect(stderr).toContain('upscale-2x is a model of another network, which training cannot begin with.');
  expect(status).toBe(1);
  expect(await exists(join(place.home, 'runs'))).toBe(false);
});
