/** Maps made in a thread of their own: they take seconds, in which pictures under the pointer must go on being drawn. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { MapLayout } from '../../preload/contract.ts';
import { appRoot } from '../app-root.ts';
import type { CollectionMap } from './map.ts';
import type { MapScores } from './map-scores.ts';
import type { TrainingCodes } from './training-codes.ts';

export interface MapJob {
  readonly training: TrainingCodes;
  /** How the collection is laid out; its maps are measured when absent. */
  readonly layout?: MapLayout;
}

export type MapAnswer = CollectionMap | MapScores;

// Built even where the rest runs from its sources: a worker thread takes JavaScript alone.
const workerFile = join(appRoot, 'dist', 'main', 'map-worker.js');

export async function mapInThread(training: TrainingCodes, layout: MapLayout): Promise<CollectionMap> {
  const answer = await inThread({ training, layout });
  if (!('points' in answer)) throw new Error('Expected a map from the map worker.');
  return answer;
}

export async function scoresInThread(training: TrainingCodes): Promise<MapScores> {
  const answer = await inThread({ training });
  if ('points' in answer) throw new Error('Expected scores from the map worker.');
  return answer;
}

async function inThread(job: MapJob): Promise<MapAnswer> {
  const worker = new Worker(workerFile, { workerData: job });
  try {
    return await new Promise<MapAnswer>((settle, fail) => {
      worker.once('message', settle);
      worker.once('error', fail);
      worker.once('exit', (code) => fail(new Error(`The map worker ended with status ${code}.`)));
    });
  } finally {
    await worker.terminate();
  }
}
