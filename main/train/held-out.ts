/** Held-out scores: how well the network does on photos that training never sees. */
import { setImmediate } from 'node:timers/promises';
import type { Network } from '../engine/network.ts';
import type { Planes } from '../image/planes.ts';
import { cutMiddle } from './patches.ts';
import type { PhotoCache } from './photos.ts';
import { restored } from './restored.ts';
import { ScoreSum, type Scores } from './scores.ts';
import type { Damaged, Task } from './tasks/task.ts';

/** Side of the result on each photo's centre; a multiple of every scale and network's multiple. */
const side = 240;
/** More photos would slow training down for no steadier figure. */
const maxPhotos = 16;

/**
 * Scores on the centres of held-out photos, with the same damage at every call.
 *
 * @param each is shown every trial with what the network made of it
 */
export async function heldOutScores(
  network: Network,
  task: Task,
  paths: readonly string[],
  photos: PhotoCache,
  each: (index: number, trial: Damaged, result: Planes) => Promise<void> = async () => {},
): Promise<Scores> {
  const sum = new ScoreSum(task);
  for (const [index, path] of paths.slice(0, maxPhotos).entries()) {
    const trial = await heldOutTrial(path, index, task, photos);
    const result = await restored(network, trial);
    sum.add(result, trial.clean);
    await each(index, trial, result);
    // The network blocks the event loop: let a cancel be heard.
    await setImmediate();
  }
  return sum.mean;
}

/** The centre of a held-out photo with its damage, which follows from its place in the list. */
export async function heldOutTrial(
  path: string,
  index: number,
  task: Task,
  photos: PhotoCache,
): Promise<Damaged> {
  const photo = await photos.get(path);
  return task.trial(cutMiddle(photo, side * task.cut, task.scale * task.cut), index);
}
