/** Worker thread that lays a collection out or measures its maps, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { collectionMap } from './map.ts';
import { mapScores } from './map-scores.ts';
import type { MapAnswer, MapJob } from './map-thread.ts';

const { training, layout }: MapJob = workerData;
const answer: MapAnswer =
  layout === undefined ? mapScores({ training }) : await collectionMap({ training }, layout);
parentPort?.postMessage(answer);
