/** What the bundled models saw in training, beside what their cards say; CARDS=write puts it into them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readModels } from '../../main/library/models.ts';
import { bundledModels } from '../../main/library/paths.ts';
import { openCollection } from '../../main/train/collection.ts';
import { readPhoto } from '../../main/train/photos.ts';
import { seenFeatures } from '../../main/train/seen-features.ts';
import { taskOf } from '../../main/train/tasks/task.ts';
import { featureNames, type ModelCard, scales, type TrainingTask } from '../../preload/contract.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../shared-pictures.ts';
import { print } from './measure.ts';

/** What a bundled model was trained for; its id tells of which damage. */
function trainingOf({ id, task, scale }: ModelCard): TrainingTask {
  const photo = id.includes('photo');
  if (task === 'denoise') return { kind: task, noise: photo ? 'camera' : 'gaussian' };
  if (task === 'artefacts') return { kind: task };
  const known = scales.find((each) => each === scale);
  if (!known) throw new Error(`${id} enlarges by ${scale}.`);
  return { kind: task, scale: known, damage: photo ? 'photo' : 'bicubic' };
}

it.skipIf(sharedPicturesMissing)(
  `looks at what the bundled models saw${needsSharedPictures}`,
  async () => {
    const { models } = await readModels([bundledModels]);
    const { training } = await openCollection(`${sharedPictures}train`, 160);
    const rows: string[][] = [['model', ...featureNames]];
    for (const { id, card } of models) {
      const features = await seenFeatures(training, taskOf(trainingOf(card)), readPhoto);
      const shown = (each: ModelCard['features']) =>
        featureNames.map((name) => each?.[name]?.join('..') ?? '');
      rows.push([id, ...shown(features)], ['  on its card', ...shown(card.features)]);
      if (process.env.CARDS !== 'write') continue;
      const path = join(bundledModels, id, 'card.json');
      const { sha256, ...others } = JSON.parse(await readFile(path, 'utf8'));
      await writeFile(path, `${JSON.stringify({ ...others, features, sha256 }, undefined, 2)}\n`);
    }
    print('What bundled models saw in training', rows);
    expect(rows.length).toBeGreaterThan(1);
  },
  1_800_000,
);
