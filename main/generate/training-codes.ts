/**
 * What a generator keeps of its collection, for the map and for novelty: every picture's name, class, code and
 * thumbnail, and how held-out pictures lie beside them.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { decodeSafetensors, encodeSafetensors } from '../engine/safetensors.ts';
import type { Matrix } from './matrix.ts';
import type { PictureSet } from './pictures.ts';

const factsSchema = z.object({
  names: z.array(z.string()),
  labels: z.array(z.number().int()).optional(),
  /** Names of what the labels stand for. */
  classes: z.array(z.string()).optional(),
  thumbnail: z.object({ size: z.number().int(), channels: z.union([z.literal(1), z.literal(3)]) }),
  /** Of held-out pictures, ascending: mean squared error of the reconstruction, and novelty. */
  heldOutErrors: z.array(z.number()),
  heldOutNovelties: z.array(z.number()),
});

export interface TrainingCodes {
  /** Codes (means, where they are distributions), [pictures, latent]. */
  readonly codes: Matrix;
  /** The pictures made small. */
  readonly thumbnails: PictureSet;
  /** Names of what the labels stand for. */
  readonly classes?: readonly string[];
  /** Ascending. */
  readonly heldOutErrors: readonly number[];
  readonly heldOutNovelties: readonly number[];
}

/** File names beside the card. */
export const trainingCodesFiles = {
  facts: 'collection.json',
  codes: 'codes.safetensors',
  thumbnails: 'thumbnails.bin.gz',
} as const;

export type EncodedTrainingCodes = Readonly<Record<keyof typeof trainingCodesFiles, Uint8Array>>;

export function encodeTrainingCodes(kept: TrainingCodes): EncodedTrainingCodes {
  const { codes, thumbnails, classes, heldOutErrors, heldOutNovelties } = kept;
  const { names, labels, size, channels, values } = thumbnails;
  const facts = {
    names,
    ...(labels && { labels: [...labels] }),
    ...(classes && { classes }),
    thumbnail: { size, channels },
    heldOutErrors,
    heldOutNovelties,
  };
  const tensor = { shape: [codes.rows, codes.columns], values: codes.values };
  const parts = encodeSafetensors({ tensors: new Map([['codes', tensor]]), metadata: {} });
  return {
    facts: new TextEncoder().encode(JSON.stringify(facts)),
    codes: Buffer.concat(parts),
    thumbnails: gzipSync(values),
  };
}

/** @throws Error saying what is wrong when the files don't belong together */
export function decodeTrainingCodes(files: EncodedTrainingCodes): TrainingCodes {
  const facts = factsSchema.parse(JSON.parse(new TextDecoder().decode(files.facts)));
  const { names, labels, classes, thumbnail, heldOutErrors, heldOutNovelties } = facts;
  const codes = decodeSafetensors(files.codes).tensors.get('codes');
  const [rows = 0, columns = 0] = codes?.shape ?? [];
  const { size, channels } = thumbnail;
  const values = gunzipSync(files.thumbnails);
  if (!codes || rows !== names.length || values.length !== rows * channels * size * size) {
    throw new Error('the codes, names and thumbnails of its collection do not belong together');
  }
  return {
    codes: { rows, columns, values: codes.values },
    thumbnails: {
      size,
      channels,
      count: rows,
      values,
      names,
      ...(labels && { labels: Uint16Array.from(labels) }),
    },
    ...(classes && { classes }),
    heldOutErrors,
    heldOutNovelties,
  };
}
