/** Where the pictures of a run's held-out crops lie, or a generator's rows of pictures. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GeneratorPreviewLayer, PreviewLayer } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';

type Layer = PreviewLayer | GeneratorPreviewLayer;

export function previewFile(run: string, index: number, layer: Layer): string {
  return join(run, 'previews', `${index}-${layer}.png`);
}

/** @throws {RelumeError} 'no-such-picture' */
export async function readPreview(run: string, index: number, layer: Layer): Promise<Uint8Array> {
  return readFile(previewFile(run, index, layer)).catch(() => {
    throw new RelumeError({ code: 'no-such-picture', message: 'There is no such picture of this run yet.' });
  });
}
