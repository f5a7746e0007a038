/** Worker thread that decodes photos and makes batches, so that the engine never waits for them. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { noiseKinds } from '../../preload/contract.ts';
import { denoiseBatch } from './denoise-batch.ts';
import { PhotoCache } from './photos.ts';

/** Decoded photos kept in memory. */
const cacheBytes = 2 * 2 ** 30;

const options = z
  .object({
    paths: z.array(z.string()).min(1),
    seed: z.number(),
    patches: z.number(),
    size: z.number(),
    noise: z.enum(noiseKinds),
  })
  .parse(workerData);
const photos = new PhotoCache(cacheBytes);

parentPort?.on('message', async (step: number) => {
  try {
    const photoAt = (index: number) => photos.get(options.paths[index] ?? '');
    const batch = await denoiseBatch(options, step, options.paths.length, photoAt);
    parentPort?.postMessage({ step, batch }, [batch.input.buffer, batch.target.buffer] as ArrayBuffer[]);
  } catch (error) {
    parentPort?.postMessage({ step, error: error instanceof Error ? error.message : String(error) });
  }
});
