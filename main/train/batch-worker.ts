/** Worker thread that decodes photos and makes batches, so that the engine never waits for them. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { toFailure } from '../library/failure.ts';
import { patchBatch, squareSide } from './patch-batch.ts';
import { PhotoPool } from './photo-pool.ts';
import { runSchema, stageSchema } from './run-files.ts';
import { taskOf } from './tasks/task.ts';

const options = runSchema
  .pick({ seed: true, task: true, network: true })
  .extend({
    ...stageSchema.shape,
    paths: z.array(z.string()).min(1),
    noisyPaths: z.record(z.string(), z.string()).optional(),
  })
  .parse(workerData);
const { seed, size, paths, noisyPaths } = options;
const task = taskOf(options.task);
const { learnsFrom } = task;
const photos = new PhotoPool({ paths, noisyPaths, seed, learnsFrom, minSide: squareSide(size, task) });

parentPort?.on('message', async (step: number) => {
  try {
    const batch = await patchBatch(options, step, (random) => photos.draw(step, random));
    const buffers = [batch.input.buffer, batch.target.buffer] as ArrayBuffer[];
    parentPort?.postMessage({ step, batch, unusable: [...photos.unusable.values()] }, buffers);
  } catch (error) {
    parentPort?.postMessage({ step, failure: toFailure(error) });
  }
});
