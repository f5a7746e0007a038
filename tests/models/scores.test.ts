import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { psnr } from '../../main/image/metrics.ts';
import { crop, type Planes } from '../../main/image/planes.ts';
import { findModel } from '../../main/library/models.ts';
import { bundledModels } from '../../main/library/paths.ts';
import { type Damage, trialOf } from '../../main/train/evaluate.ts';
import { restored } from '../../main/train/restored.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../shared-pictures.ts';

interface Stored {
  readonly model: string;
  readonly folder: string;
  /** One picture in so many. */
  readonly every: number;
  readonly damage: Damage;
  /** As measured when the weights were made, dB. */
  readonly psnr: number;
}

const stored: Stored[] = [
  {
    model: 'denoise-fast',
    folder: 'test/cbsd68',
    every: 11,
    damage: { kind: 'noise', sigma: 25 },
    psnr: 31.35,
  },
  {
    model: 'denoise-best',
    folder: 'test/cbsd68',
    every: 11,
    damage: { kind: 'noise', sigma: 25 },
    psnr: 31.7,
  },
  {
    model: 'upscale-2x',
    folder: 'test/set5/hr2',
    every: 1,
    damage: { kind: 'pairs', folder: join(sharedPictures, 'test/set5/lr2'), scale: 2 },
    psnr: 37.22,
  },
  {
    model: 'upscale-photo-2x',
    folder: 'test/set5/hr2',
    every: 1,
    damage: { kind: 'pairs', folder: join(sharedPictures, 'test/set5/lr2'), scale: 2 },
    psnr: 34.17,
  },
  {
    model: 'upscale-3x',
    folder: 'test/set5/hr3',
    every: 1,
    damage: { kind: 'pairs', folder: join(sharedPictures, 'test/set5/lr3'), scale: 3 },
    psnr: 33.33,
  },
  {
    model: 'upscale-4x',
    folder: 'test/set5/hr4',
    every: 1,
    damage: { kind: 'pairs', folder: join(sharedPictures, 'test/set5/lr4'), scale: 4 },
    psnr: 31.1,
  },
  {
    model: 'artefacts',
    folder: 'test/cbsd68',
    every: 11,
    damage: { kind: 'jpeg', quality: 20 },
    psnr: 30.02,
  },
];

/** As papers do: all samples, or luminance (ITU-R BT.601) without a border as wide as the scale. */
function psnrOf(a: Planes, b: Planes, scale: number): number {
  const compared = (picture: Planes) => {
    const size = { width: picture.width - 2 * scale, height: picture.height - 2 * scale };
    return scale === 1 ? picture.values : luminance(crop(picture, scale, scale, size.width, size.height));
  };
  return psnr(compared(a), compared(b), 1);
}

function luminance({ width, height, values }: Planes): Float64Array {
  const plane = width * height;
  const weights = [65.481, 128.553, 24.966];
  return new Float64Array(plane).map(
    (_, i) => weights.reduce((sum, weight, c) => sum + weight * (values[c * plane + i] ?? 0), 0) / 255,
  );
}

it.skipIf(sharedPicturesMissing).each(stored)(
  `$model reaches $psnr dB on $folder${needsSharedPictures}`,
  async ({ model, folder, every, damage, psnr: expected }) => {
    const source = join(sharedPictures, folder);
    const names = (await readdir(source)).sort().filter((_, i) => i % every === 0);
    const network = await loadNetwork((await findModel(model, [bundledModels])).path, 'cpu');
    const found: number[] = [];
    for (const [index, name] of names.entries()) {
      const trial = await trialOf(join(source, name), damage, index);
      found.push(psnrOf(await restored(network, trial), trial.clean, network.scale));
    }
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    expect(Math.abs(mean - expected)).toBeLessThan(0.05);
    await network.dispose();
  },
);
