/** Held-out scores: how well the network does on photos that training never sees. */
import { setImmediate } from 'node:timers/promises';
import type { Network } from '../engine/network.ts';
import { PictureError } from '../image/picture.ts';
import type { Planes } from '../image/planes.ts';
import { CollectionError } from './collection-error.ts';
import { cutMiddle } from './patches.ts';
import type { Part, PhotoCache } from './photos.ts';
import { restored } from './restored.ts';
import { ScoreSum, type Scores } from './scores.ts';
import type { Damaged, Task } from './tasks/task.ts';

/** Side of the result on each photo's centre; a multiple of every scale and network's multiple. */
const side = 240;
/** More photos would slow training down for no steadier figure. */
const maxPhotos = 16;

/** A held-out photo, and its place in the list, from which its damage follows. */
export interface HeldOut {
  readonly path: string;
  readonly index: number;
}

export interface Watcher {
  /** Shown every trial with what the network made of it. */
  readonly tried: (index: number, trial: Damaged, result: Planes) => Promise<void>;
  /** Told why a photo is passed over. */
  readonly unusable: (reason: string) => void;
}

/**
 * Scores on the centres of held-out photos, with the same damage at every call.
 *
 * @throws CollectionError when none of them can be read any more
 */
export async function heldOutScores(
  network: Network,
  task: Task,
  paths: readonly string[],
  photos: PhotoCache,
  { tried, unusable }: Watcher,
): Promise<Scores> {
  const sum = new ScoreSum(task);
  for (const each of await readable(paths.slice(0, maxPhotos), task, photos, unusable)) {
    const trial = await heldOutTrial(each, task, photos);
    const result = await restored(network, trial);
    sum.add(result, trial.clean);
    await tried(each.index, trial, result);
    // The network blocks the event loop: let a cancel be heard.
    await setImmediate();
  }
  return sum.mean;
}

/**
 * Those that can still be read.
 *
 * @param unusable told why one is passed over
 * @throws CollectionError when none can
 */
export async function readable(
  paths: readonly string[],
  task: Task,
  photos: PhotoCache,
  unusable: (reason: string) => void,
): Promise<HeldOut[]> {
  const found: HeldOut[] = [];
  const reasons: string[] = [];
  for (const [index, path] of paths.entries()) {
    try {
      await photos.get(path, middleOf(task));
      found.push({ path, index });
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      reasons.push(error.message);
    }
  }
  if (found.length === 0) {
    throw new CollectionError(
      `The held-out pictures cannot be read any more: connect their drive, then resume. ${reasons[0] ?? ''}`,
    );
  }
  for (const reason of reasons) unusable(reason);
  return found;
}

/** The centre of a held-out photo with its damage. */
export async function heldOutTrial(
  { path, index }: HeldOut,
  task: Task,
  photos: PhotoCache,
): Promise<Damaged> {
  const photo = await photos.get(path, middleOf(task));
  return task.trial(cutMiddle(photo, side * task.cut, task.scale * task.cut), index);
}

/** All that is looked at of a photo. */
const middleOf = ({ cut }: Task): Part => ({ side: 2 * side * cut, across: 0.5, down: 0.5 });
