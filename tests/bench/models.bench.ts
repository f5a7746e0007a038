/** The bundled models on the public test pictures, beside what their cards say and what classical methods reach. */
import { expect, it } from 'vitest';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { readModels } from '../../main/library/models.ts';
import { bundledModels } from '../../main/library/paths.ts';
import { type Evaluation, evaluate } from '../../main/train/evaluate.ts';
import type { ModelCard } from '../../preload/contract.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../shared-pictures.ts';
import { best, print } from './measure.ts';

interface TestSet extends Evaluation {
  /** As the cards name it. */
  readonly set: string;
}

const cbsd68 = { set: 'CBSD68', folder: `${sharedPictures}test/cbsd68` };

/** What a model of its task is measured on. */
function testSets({ task, scale }: ModelCard): TestSet[] {
  switch (task) {
    case 'denoise':
      return [
        ...[15, 25, 50].map((sigma) => ({ ...cbsd68, damage: { kind: 'noise', sigma } as const })),
        {
          set: 'real noisy shots, each against a clean one of the scene',
          folder: `${sharedPictures}test/real/clean`,
          damage: { kind: 'pairs', folder: `${sharedPictures}test/real/noisy`, scale: 1 },
        },
      ];
    case 'artefacts':
      return [10, 20, 40].map((quality) => ({ ...cbsd68, damage: { kind: 'jpeg', quality } as const }));
    case 'upscale': {
      const [folder, small] = [
        `${sharedPictures}test/set5/hr${scale}`,
        `${sharedPictures}test/set5/lr${scale}`,
      ];
      return [{ set: 'Set5', folder, damage: { kind: 'pairs', folder: small, scale } }];
    }
  }
}

const side = 640;

it.skipIf(sharedPicturesMissing)(`scores every bundled model${needsSharedPictures}`, async () => {
  const { models } = await readModels([bundledModels]);
  const rows = [['model', 'pictures', 'damage', 'PSNR dB', 'on its card', 'SSIM', 'others', 's/MP']];
  for (const { id, path, card } of models) {
    const network = await loadNetwork(path, 'cpu');
    const input = new Float32Array(network.inputChannels * side * side).fill(0.5);
    const seconds = await best(5, () => network.run(input, side, side));
    for (const test of testSets(card)) {
      const { model, baselines } = await evaluate(network, test, new AbortController().signal, () => {});
      const damage = 'sigma' in test.damage ? test.damage.sigma : undefined;
      const quality = 'quality' in test.damage ? test.damage.quality : undefined;
      const told = card.scores.find(
        (score) => score.set === test.set && score.sigma === damage && score.quality === quality,
      );
      rows.push([
        id,
        `${test.set} (${model.images})`,
        [damage, quality].map((value) => value ?? '').join(''),
        model.psnr.toFixed(2),
        told?.psnr.toFixed(2) ?? '',
        model.ssim.toFixed(4),
        baselines.map(({ name, psnr }) => `${name} ${psnr.toFixed(2)}`).join(', '),
        ((seconds * 1e6) / (side * card.scale) ** 2).toFixed(2),
      ]);
    }
    await network.dispose();
  }
  print('Bundled models on the CPU', rows);
  expect(rows.length).toBeGreaterThan(1);
});
