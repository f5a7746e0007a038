import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { findModel } from '../../main/library/models.ts';
import { bundledModels } from '../../main/library/paths.ts';
import { type Damage, evaluate } from '../../main/train/evaluate.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../shared-pictures.ts';

/** PSNR in dB on every eleventh picture of CBSD68, as measured when the weights were made. */
const stored: { model: string; damage: Damage; psnr: number }[] = [
  { model: 'denoise-fast', damage: { kind: 'noise', sigma: 25 }, psnr: 31.28 },
];

it.skipIf(sharedPicturesMissing).each(stored)(
  `$model reaches $psnr dB with $damage${needsSharedPictures}`,
  async ({ model, damage, psnr }) => {
    const folder = await mkdtemp(join(tmpdir(), 'scores-'));
    const source = join(sharedPictures, 'test/cbsd68');
    const names = (await readdir(source)).sort().filter((_, i) => i % 11 === 0);
    for (const name of names) await copyFile(join(source, name), join(folder, name));
    const network = await loadNetwork((await findModel(model, [bundledModels])).path, 'cpu');
    const scores = await evaluate(network, { folder, damage }, new AbortController().signal, () => {});
    expect(scores.model.psnr).toBeGreaterThan(psnr - 0.05);
    expect(scores.model.psnr).toBeLessThan(psnr + 0.05);
    await network.dispose();
    await rm(folder, { recursive: true });
  },
);
