/**
 * Worker thread that decodes one picture and ends.
 *
 * A thread of its own because developing takes seconds, and because WebAssembly never gives memory back: it
 * goes with the thread.
 */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { decodeHeic } from './libheif.ts';
import { openRaw } from './libraw.ts';
import { type WasmAnswer, WasmDecodingError, type WasmJob } from './wasm-decoder.ts';

const job: WasmJob = z
  .discriminatedUnion('decoder', [
    z.object({ decoder: z.literal('raw'), path: z.string(), want: z.enum(['pixels', 'size']) }),
    z.object({ decoder: z.literal('heic'), path: z.string(), deep: z.boolean() }),
  ])
  .parse(workerData);

const answer = await perform();
parentPort?.postMessage(answer, 'data' in answer ? [answer.data.buffer as ArrayBuffer] : []);

async function perform(): Promise<WasmAnswer> {
  try {
    const file = await readFile(job.path);
    if (job.decoder === 'heic') return await decodeHeic(file, job.deep);
    const raw = await openRaw(file);
    return job.want === 'pixels' ? raw.develop() : { width: raw.width, height: raw.height };
  } catch (error) {
    if (error instanceof WasmDecodingError) return { code: error.code, detail: error.detail };
    throw error;
  }
}
