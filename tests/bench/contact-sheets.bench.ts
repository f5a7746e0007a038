/**
 * What the bundled models make of real pictures, to be looked at by eye: before, after, and the difference times
 * eight on grey, one picture a row, the worst first. Upscalers enlarge the noisy shots: they must not make noise
 * stronger. RELUME_SHEETS names the folder that the PNGs go to.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { decode } from '../../main/image/decode.ts';
import { pictureSheet } from '../../main/image/frames.ts';
import { estimateSigma } from '../../main/image/noise-estimate.ts';
import type { Picture } from '../../main/image/picture.ts';
import { crop, fromRgb, type Planes, toRgb } from '../../main/image/planes.ts';
import { resize } from '../../main/image/resize.ts';
import { readModels } from '../../main/library/models.ts';
import { bundledModels } from '../../main/library/paths.ts';
import { toPhoto } from '../../main/train/photos.ts';
import { restored } from '../../main/train/restored.ts';
import { ScoreSum } from '../../main/train/scores.ts';
import { jpegTrial } from '../../main/train/tasks/artefacts.ts';
import type { Damaged } from '../../main/train/tasks/task.ts';
import type { ModelCard } from '../../preload/contract.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../shared-pictures.ts';
import { print } from './measure.ts';

const sheets = process.env.RELUME_SHEETS ?? '';
const needsFolder = sheets === '' ? ' (skipped: RELUME_SHEETS names no folder)' : '';
const real = `${sharedPictures}test/real`;
/** Side of the part in the middle of each picture that is restored. */
const side = 256;
const amplified = 8;

interface Row {
  readonly name: string;
  /** Of the result and of the picture before, in dB. */
  readonly psnr: number;
  readonly before: number;
  readonly pictures: readonly Planes[];
}

const { models } = await readModels([bundledModels]);

it.skipIf(sharedPicturesMissing || sheets === '').for(models)(
  `$id${needsSharedPictures}${needsFolder}`,
  { timeout: 3_600_000 },
  async ({ id, path, card }) => {
    await mkdir(sheets, { recursive: true });
    const network = await loadNetwork(path, 'cpu');
    const rows: Row[] = [];
    for (const name of await readdir(`${real}/noisy`)) {
      const trial = await trialOf(card, name);
      const after = await restored(network, trial);
      const before = resize(trial.seen, after.width, after.height);
      const [psnr, untouched] = [score(after, trial.clean), score(before, trial.clean)];
      rows.push({ name, psnr, before: untouched, pictures: [before, after, difference(before, after)] });
    }
    await network.dispose();
    rows.sort((a, b) => a.psnr - a.before - (b.psnr - b.before));
    const sheet = pictureSheet(
      rows.flatMap(({ pictures }) => pictures.map(toPicture)),
      3,
    );
    const raw = { width: sheet.width, height: sheet.height, channels: 3 } as const;
    await writeFile(join(sheets, `${id}.png`), await sharp(sheet.data, { raw }).png().toBuffer());
    print(`${id}: gain, worst first`, [
      ['picture', 'before dB', 'after dB'],
      ...rows.map(({ name, psnr, before }) => [name, before.toFixed(2), psnr.toFixed(2)]),
    ]);
    expect(rows.length).toBeGreaterThan(0);
  },
);

/** Denoisers and upscalers get the shot itself, `artefacts` its clean counterpart, compressed. */
async function trialOf({ task, scale }: ModelCard, name: string): Promise<Damaged> {
  const noisy = await decode(`${real}/noisy/${name}`);
  const [seen, clean] = [middle(noisy), middle(await decode(`${real}/clean/${name}`))];
  switch (task) {
    case 'denoise':
      return { seen, clean, sigma: estimateSigma(noisy) };
    case 'artefacts':
      return jpegTrial(clean, 20);
    case 'upscale':
      return { seen, clean: resize(clean, side * scale, side * scale) };
  }
}

function middle(picture: Picture): Planes {
  const { rgb, width, height } = toPhoto(picture);
  return crop(fromRgb(rgb, width, height), (width - side) >> 1, (height - side) >> 1, side, side);
}

function score(result: Planes, clean: Planes): number {
  const sum = new ScoreSum({ metric: 'rgb', scale: 1 });
  sum.add(result, clean);
  return sum.mean.psnr;
}

function difference(a: Planes, b: Planes): Planes {
  return { ...a, values: a.values.map((value, i) => 0.5 + amplified * ((b.values[i] ?? 0) - value)) };
}

function toPicture(planes: Planes): Picture {
  return { ...planes, channels: 3, depth: 8, data: toRgb(planes), format: 'png', metadata: {} };
}
