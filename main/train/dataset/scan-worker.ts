/** Worker thread that looks at pictures: decoding, noise, sharpness. */
import { parentPort } from 'node:worker_threads';
import { toFailure } from '../../library/failure.ts';
import { look } from './look.ts';

parentPort?.on('message', async ({ index, path }: { index: number; path: string }) => {
  try {
    parentPort?.postMessage({ index, look: await look(path) });
  } catch (error) {
    parentPort?.postMessage({ index, reason: toFailure(error).message });
  }
});
