import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openWorkplace, type Workplace } from './cli/built-cli.ts';
import { installWorking } from './engine/tensorflow/stand-in.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
});
afterEach(() => place.remove());

const install = () => installWorking(join(place.home, 'engines', 'tensorflow'), '@tensorflow/tfjs-node-gpu');

it('without TensorFlow lists it with the reason, and denoises on the CPU, saying so', async () => {
  const { stdout } = await place.run('devices');
  expect(stdout).toMatch(/^tensorflow +TensorFlow .+TensorFlow is not installed: .* installs it\.$/m);
  await sharp({ create: { width: 40, height: 24, channels: 3, background: '#777' } }).toFile(
    join(place.folder, 'a.png'),
  );
  const { status, stderr } = await place.run('denoise', 'a.png', '--model', 'tiny', '--device', 'tensorflow');
  expect(status).toBe(0);
  expect(stderr).toContain('TensorFlow is not installed');
  expect(stderr).toContain('CPU');
});

it('with it in the application folder lists it, and denoises as on the CPU', async () => {
  await install();
  const { stdout } = await place.run('devices');
  expect(stdout).toMatch(/^tensorflow +TensorFlow · NVIDIA GPU /m);
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  await sharp({ create: { width: 40, height: 24, channels: 3, background: '#777', noise } }).toFile(
    join(place.folder, 'a.png'),
  );
  const results = await Promise.all(
    ['cpu', 'tensorflow'].map(async (device) => {
      const { status, stdout: printed } = await place.run(
        ...['denoise', 'a.png', '--device', device, '--output', `${device}.png`, '--json'],
      );
      expect({ status, device: JSON.parse(printed).device }).toMatchObject({
        status: 0,
        device: expect.stringContaining(device === 'cpu' ? 'CPU' : 'TensorFlow'),
      });
      return sharp(join(place.folder, `${device}.png`))
        .raw()
        .toBuffer();
    }),
  );
  const [cpu, tensorflow] = results;
  expect(tensorflow?.length).toBe(40 * 24 * 3);
  for (const [i, value] of (cpu ?? []).entries())
    expect(Math.abs(value - (tensorflow?.[i] ?? 0))).toBeLessThan(2);
});

// A step of a denoiser takes minutes in pure JavaScript: the smallest generator trains by the same way.
it('trains on it and evaluates on it, as far as the command line tells', async () => {
  await install();
  for (const [index, name] of ['a.png', 'b.png', 'c.png'].entries())
    await sharp({
      create: { width: 28, height: 28, channels: 3, background: { r: 60 * index, g: 90, b: 120 } },
    }).toFile(join(place.folder, name));
  const trained = await place.run(
    ...['train', 'autoencoder', '--data', '.', '--size', '28', '--grey', '--latent', '2', '--batch', '2'],
    ...['--steps', '2', '--name', 'small', '--device', 'tensorflow'],
  );
  expect(trained.status, trained.stderr).toBe(0);
  expect(trained.stdout).toContain('Trained for 2 steps.');
  const status = await readFile(join(place.home, 'runs', 'small', 'status.json'), 'utf8');
  expect(status).toContain('TensorFlow · NVIDIA GPU');
  const psnr = await Promise.all(
    ['cpu', 'tensorflow'].map(async (device) => {
      const { stdout } = await place.run(
        ...['evaluate', 'denoise', '--data', '.', '--sigma', '25', '--model', 'denoise-fast'],
        ...['--device', device, '--json'],
      );
      return scoresSchema.parse(JSON.parse(stdout)).model.psnr;
    }),
  );
  expect(psnr[1]).toBeCloseTo(psnr[0] ?? Number.NaN, 3);
}, 400_000);

const scoresSchema = z.object({ model: z.object({ psnr: z.number() }) });
