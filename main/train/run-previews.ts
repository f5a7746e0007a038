/** Pictures of a run's held-out crops: as the network sees them, as they should be, and as it restores them now. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { previewLayers } from '../../preload/contract.ts';
import type { Planes } from '../image/planes.ts';
import { planesPng } from '../image/planes-png.ts';
import { replaceFile } from '../library/write-file.ts';
import { previewFile } from './run-preview-files.ts';
import type { Damaged } from './tasks/task.ts';

/** Crops that are shown. */
export const previewCount = 4;

export async function writePreview(
  run: string,
  index: number,
  { seen, clean }: Damaged,
  result: Planes,
): Promise<void> {
  const pictures = { seen, clean, result };
  for (const layer of previewLayers) {
    const path = previewFile(run, index, layer);
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, [await planesPng(pictures[layer])]);
  }
}
