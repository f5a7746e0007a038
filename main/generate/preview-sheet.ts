/** A look at an autoencoder in the making: held-out pictures, what it makes of them, and samples of its own. */
import { sheetPng } from '../image/frames.ts';
import type { Coder } from './coder.ts';
import { toMatrix } from './finish.ts';
import { emptyMatrix, type Matrix } from './matrix.ts';
import { choose, type PictureSet } from './pictures.ts';
import { fittedPrior, standardPrior } from './prior.ts';
import { sampleCodes } from './sample.ts';

const columns = 8;
/** The same codes every time, so that one sees them change. */
const sampling = { seed: 1, count: columns, temperature: 1 } as const;

/** Three rows as PNG. */
export async function previewSheet(coder: Coder, heldOut: PictureSet): Promise<Uint8Array> {
  const { kind, size, channels, latent, classes } = coder.recipe;
  const places = Array.from({ length: columns }, (_, i) => i % heldOut.count);
  const shown = toMatrix(choose(heldOut, places));
  const labels = places.map((place) => heldOut.labels?.[place] ?? 0);
  const codes = await coder.encode(shown, labels);
  const prior = kind === 'autoencoder' ? fittedPrior(codes) : standardPrior(latent);
  const drawn = await coder.decode(
    sampleCodes(prior, sampling),
    places.map((_, i) => i % Math.max(1, classes.length)),
  );
  const sheet = joined([shown, await coder.decode(codes, labels), drawn]);
  const values = Uint8Array.from(sheet.values, (value) => Math.round(255 * value));
  return sheetPng({ size, channels, count: sheet.rows, values }, columns);
}

function joined(parts: readonly Matrix[]): Matrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const result = emptyMatrix(rows, parts[0]?.columns ?? 0);
  let at = 0;
  for (const { values } of parts) {
    result.values.set(values, at);
    at += values.length;
  }
  return result;
}
