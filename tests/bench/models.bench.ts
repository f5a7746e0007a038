/** The bundled models on the public test pictures, beside what their cards say. */
import { expect, it } from 'vitest';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { readModels } from '../../main/library/models.ts';
import { bundledModels } from '../../main/library/paths.ts';
import { type Evaluation, evaluateDenoiser } from '../../main/train/evaluate.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../shared-pictures.ts';
import { best, print } from './measure.ts';

const cbsd68 = `${sharedPictures}test/cbsd68`;
const real = { folder: `${sharedPictures}test/real/clean`, noisy: `${sharedPictures}test/real/noisy` };
const sets: { name: string; sigma?: number; evaluation: Evaluation }[] = [
  ...[15, 25, 50].map((sigma) => ({ name: 'CBSD68', sigma, evaluation: { folder: cbsd68, sigma } })),
  { name: 'real pairs, level estimated', evaluation: real },
];
const side = 640;

it.skipIf(sharedPicturesMissing)(`scores every bundled model${needsSharedPictures}`, async () => {
  const { models } = await readModels([bundledModels]);
  const rows = [['model', 'pictures', 'sigma', 'PSNR dB', 'on its card', 'SSIM', 's/MP']];
  for (const { id, path, card } of models) {
    const network = await loadNetwork(path, 'cpu');
    const input = new Float32Array(network.inputChannels * side * side).fill(0.5);
    const seconds = await best(5, () => network.run(input, side, side));
    for (const { name, sigma, evaluation } of sets) {
      const scores = await evaluateDenoiser(network, evaluation, new AbortController().signal, () => {});
      const told = card.scores.find((score) => score.set === name && score.sigma === sigma);
      rows.push([
        id,
        `${name} (${scores.images})`,
        sigma === undefined ? '' : String(sigma),
        scores.psnr.toFixed(2),
        told?.psnr.toFixed(2) ?? '',
        scores.ssim.toFixed(4),
        ((seconds * 1e6) / side ** 2).toFixed(2),
      ]);
    }
    await network.dispose();
  }
  print('Bundled models on the CPU', rows);
  expect(rows.length).toBeGreaterThan(1);
});
