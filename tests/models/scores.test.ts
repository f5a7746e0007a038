import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { findModel } from '../../main/library/models.ts';
import { bundledModels } from '../../main/library/paths.ts';
import { type Damage, evaluate } from '../../main/train/evaluate.ts';
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
    psnr: 29.88,
  },
];

it.skipIf(sharedPicturesMissing).each(stored)(
  `$model reaches $psnr dB on $folder${needsSharedPictures}`,
  async ({ model, folder: from, every, damage, psnr }) => {
    const folder = await mkdtemp(join(tmpdir(), 'scores-'));
    const source = join(sharedPictures, from);
    const names = (await readdir(source)).sort().filter((_, i) => i % every === 0);
    for (const name of names) await copyFile(join(source, name), join(folder, name));
    const network = await loadNetwork((await findModel(model, [bundledModels])).path, 'cpu');
    const scores = await evaluate(network, { folder, damage }, new AbortController().signal, () => {});
    expect(scores.model.psnr).toBeGreaterThan(psnr - 0.05);
    expect(scores.model.psnr).toBeLessThan(psnr + 0.05);
    await network.dispose();
    await rm(folder, { recursive: true });
  },
);
