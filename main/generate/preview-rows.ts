/** A look at an autoencoder in the making: held-out pictures, what it makes of them, and samples of its own. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type GeneratorPreviewLayer, generatorPreviewLayers } from '../../preload/contract.ts';
import { sheetPng } from '../image/frames.ts';
import { replaceFile } from '../library/write-file.ts';
import { previewFile } from '../train/run-preview-files.ts';
import type { Coder } from './coder.ts';
import { toMatrix } from './finish.ts';
import type { Matrix } from './matrix.ts';
import { choose, type PictureSet } from './pictures.ts';
import { fittedPrior, standardPrior } from './prior.ts';
import { sampleCodes } from './sample.ts';

const columns = 8;
/** The same codes every time, so that one sees them change. */
const sampling = { seed: 1, count: 2 * columns, temperature: 1 } as const;

/** Writes the rows into the run's folder, over those that were there. @returns pictures in a row */
export async function writePreviewRows(run: string, coder: Coder, heldOut: PictureSet): Promise<number> {
  const rows = await previewRows(coder, heldOut);
  for (const layer of generatorPreviewLayers) {
    const path = previewFile(run, 0, layer);
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, [await rowPng(coder, rows[layer])]);
  }
  return columns;
}

async function previewRows(
  coder: Coder,
  heldOut: PictureSet,
): Promise<Record<GeneratorPreviewLayer, Matrix>> {
  const { kind, latent, classes } = coder.recipe;
  const places = spread(heldOut.count);
  const originals = toMatrix(choose(heldOut, places));
  const labels = places.map((place) => heldOut.labels?.[place] ?? 0);
  const codes = await coder.encode(originals, labels);
  const prior = kind === 'autoencoder' ? fittedPrior(codes) : standardPrior(latent);
  const everyClass = Array.from({ length: sampling.count }, (_, i) => i % Math.max(1, classes.length));
  return {
    originals,
    reconstructions: await coder.decode(codes, labels),
    samples: await coder.decode(sampleCodes(prior, sampling), everyClass),
  };
}

/** Places of as many pictures as there are columns, from all over the collection, which may be sorted. */
function spread(count: number): number[] {
  return Array.from({ length: columns }, (_, i) =>
    count < columns ? i % count : Math.floor((i * count) / columns),
  );
}

function rowPng({ recipe: { size, channels } }: Coder, pictures: Matrix): Promise<Uint8Array> {
  const values = Uint8Array.from(pictures.values, (value) => Math.round(255 * value));
  return sheetPng({ size, channels, count: pictures.rows, values }, columns);
}
