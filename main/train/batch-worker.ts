/** Worker thread that decodes photos and makes batches, so that the engine never waits for them. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { patchBatch } from './patch-batch.ts';
import { PhotoCache } from './photos.ts';
import { runSchema, stageSchema } from './run-files.ts';
import { taskOf } from './tasks/task.ts';

/** Decoded photos kept in memory. */
const cacheBytes = 2 * 2 ** 30;

const options = runSchema
  .pick({ seed: true, task: true, network: true })
  .extend({
    ...stageSchema.shape,
    paths: z.array(z.string()).min(1),
    noisyPaths: z.record(z.string(), z.string()).optional(),
  })
  .parse(workerData);
const { learnsFrom } = taskOf(options.task);
const photos = new PhotoCache(cacheBytes, { learnsFrom, noisyPaths: options.noisyPaths });

parentPort?.on('message', async (step: number) => {
  try {
    const photoAt = (index: number) => photos.get(options.paths[index] ?? '');
    const batch = await patchBatch(options, step, options.paths.length, photoAt);
    parentPort?.postMessage({ step, batch }, [batch.input.buffer, batch.target.buffer] as ArrayBuffer[]);
  } catch (error) {
    parentPort?.postMessage({ step, error: error instanceof Error ? error.message : String(error) });
  }
});
