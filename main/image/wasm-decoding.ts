/** Decodes in a worker thread what sharp does not read. */
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { appRoot } from '../app-root.ts';
import { damaged } from './header.ts';
import { PictureError } from './picture.ts';
import type { Pixels, Size, WasmAnswer, WasmFailure, WasmJob } from './wasm-decoder.ts';

// Built even where the rest runs from its sources: a worker thread takes JavaScript alone.
const workerFile = join(appRoot, 'dist', 'main', 'picture-worker.js');

/** @throws PictureError damaged, too-large, unsupported */
export async function wasmPixels(job: WasmJob): Promise<Pixels> {
  const answer = await ask(job);
  if (!('data' in answer)) throw new Error('Expected pixels from the picture worker.');
  return answer;
}

/** Size of a RAW picture, upright. @throws PictureError damaged */
export async function rawSize(path: string): Promise<Size> {
  const { width, height } = await ask({ decoder: 'raw', path, want: 'size' });
  return { width, height };
}

async function ask(job: WasmJob): Promise<Pixels | Size> {
  const worker = new Worker(workerFile, { workerData: job });
  try {
    const answer = await new Promise<WasmAnswer>((settle, fail) => {
      worker.once('message', settle);
      // An abort inside WebAssembly, or no memory for it.
      worker.once('error', (error) => settle({ code: 'damaged', detail: error.message }));
      worker.once('exit', (code) => fail(new Error(`The picture worker ended with status ${code}.`)));
    });
    if ('code' in answer) throw refusal(job, answer);
    return answer;
  } finally {
    await worker.terminate();
  }
}

function refusal({ path, decoder }: WasmJob, { code, detail }: WasmFailure): PictureError {
  const name = basename(path);
  if (code === 'unsupported' || code === 'too-large')
    return new PictureError(code, path, `${name} ${detail}.`);
  if (detail === '' && decoder === 'raw')
    return new PictureError(code, path, `${name} is damaged, or RAW of a camera that Relume does not know.`);
  return damaged(path, detail);
}
