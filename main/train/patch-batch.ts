/** Batches of patches: what the network sees, and what it shall make of it. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { networks } from '../../models/networks.ts';
import { uniform } from '../engine/gaussian.ts';
import { crop } from '../image/planes.ts';
import { resize } from '../image/resize.ts';
import { cutSquare, pick, randomTurn } from './patches.ts';
import type { Photo } from './photos.ts';
import type { Run, Stage } from './run-files.ts';
import { type Damaged, type Sample, type Task, taskOf } from './tasks/task.ts';

export type BatchOptions = Pick<Run, 'seed' | 'task' | 'network'> & Stage;

export type PatchBatch = {
  /** [patches, 3 or 4, size / scale, size / scale] */
  readonly input: Float32Array;
  /** [patches, 3, size, size] */
  readonly target: Float32Array;
};

/**
 * Damage is done to a square that is larger by this many pixels of the seen picture, of which the patch is a
 * random part: neither its edges nor the grid of JPEG's 8 x 8 blocks then lie at the same place in every patch.
 */
const margin = 8;

/** Side of the square of a photo that a patch is made of. */
export function squareSide(size: number, { scale, cut }: Task): number {
  return (size + margin * scale) * cut;
}

/**
 * The batch of a step: the same options, photos and step give the same batch, so that a run can be resumed.
 *
 * @param draw a photo at random; its sides are at least those of the square
 */
export async function patchBatch(
  options: BatchOptions,
  step: number,
  draw: (random: RandomGenerator) => Promise<Photo>,
): Promise<PatchBatch> {
  const { patches, size } = options;
  const task = taskOf(options.task);
  const { inputChannels } = networks[options.network];
  const inputSize = inputChannels * (size / task.scale) ** 2;
  const input = new Float32Array(patches * inputSize);
  const target = new Float32Array(patches * 3 * size * size);
  const random = xoroshiro128plus(Math.imul(options.seed + 1, 0x9e3779b1) ^ step);
  for (let patch = 0; patch < patches; patch++) {
    const photo = await draw(random);
    const square = randomSquare(photo, squareSide(size, task), task, random);
    const { seen, clean, sigma = 0 } = randomPart(await task.damage(square, random), size, task, random);
    input.set(seen.values, patch * inputSize);
    if (inputChannels === 4)
      input.fill(sigma / 255, patch * inputSize + seen.values.length, (patch + 1) * inputSize);
    target.set(clean.values, patch * 3 * size * size);
  }
  return { input, target };
}

/** Share of patches that are cut larger and reduced, by at most so much: variety, and photos sharp to the pixel. */
const reducedShare = 0.5;
const reducedMost = 2;

/** A square of a photo, turned, sometimes reduced: not where its own noise is what is learned from. */
function randomSquare(photo: Photo, side: number, { learnsFrom }: Task, random: RandomGenerator): Sample {
  const reduced = uniform(random) < reducedShare && learnsFrom === 'clean';
  const factor = 1 + uniform(random) * (reducedMost - 1);
  const room = Math.min(photo.width, photo.height);
  const cut = reduced ? Math.min(room, Math.round(side * factor)) : side;
  const left = pick(random, photo.width - cut + 1);
  const top = pick(random, photo.height - cut + 1);
  const square = cutSquare(photo, left, top, cut, randomTurn(random));
  return cut === side ? square : resize(square, side, side);
}

/** The same part of both pictures. */
function randomPart(
  { seen, clean, ...rest }: Damaged,
  size: number,
  { scale }: Task,
  random: RandomGenerator,
): Damaged {
  const [x, y] = [pick(random, margin + 1), pick(random, margin + 1)];
  return {
    ...rest,
    seen: crop(seen, x, y, size / scale, size / scale),
    clean: crop(clean, x * scale, y * scale, size, size),
  };
}
