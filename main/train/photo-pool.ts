/**
 * Which photos a step takes its patches from. What fits into memory is all open to every step; of a larger
 * collection a pool of parts is, which changes slowly, so that what was decoded once serves many patches.
 */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { uniform } from '../engine/gaussian.ts';
import { pictureSize } from '../image/decode.ts';
import { PictureError } from '../image/picture.ts';
import { CollectionError } from './collection-error.ts';
import { pick } from './patches.ts';
import { type Part, type Photo, PhotoCache, type PhotoNeeds } from './photos.ts';

/** Decoded photos kept in memory. */
const cacheBytes = 2 * 2 ** 30;
/** Photos whose sizes are read to estimate that of all. */
const sampled = 32;

/** Parts in the pool, and their side in pixels. */
const poolSize = 512;
const partSide = 768;
/** Parts in the pool before the first step, and those that each step adds until it is full. */
const first = 16;
const growth = 0.5;
/** Steps after which a part gives way to one of another photo. */
const life = 2048;

/** A photo by its place in the list, and which part of it; the whole without one. */
export interface Visit {
  readonly index: number;
  readonly part?: Part;
}

/** A visit to one of `count` photos that is open to a step: follows from the step, the seed and the generator. */
export function visitAt(step: number, count: number, seed: number, random: RandomGenerator): Visit {
  const slot = pick(random, Math.min(poolSize, first + Math.floor(growth * step)));
  // The slots change hands one after the other.
  const turn = Math.floor((step + (slot * life) / poolSize) / life);
  const visit = turn * poolSize + slot;
  const place = xoroshiro128plus(Math.imul(visit + 1, 0x9e3779b1) ^ seed);
  const part = { side: partSide, across: uniform(place), down: uniform(place) };
  return { index: (visit * strideOf(count)) % count, part };
}

/** Visits all photos in turn, neighbours in the list far apart: about the golden section, without common divisor. */
export function strideOf(count: number): number {
  let stride = Math.max(1, Math.round(0.618 * count));
  while (divisor(stride, count) !== 1) stride += 1;
  return stride;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** Photos that newly turn out unusable for one patch, after which their drive has gone, most likely; and all tries. */
const most = { failures: 8, tries: 64 } as const;

export interface PhotoPoolOptions extends PhotoNeeds {
  readonly paths: readonly string[];
  readonly seed: number;
  /** Pixels that a photo needs a side. */
  readonly minSide: number;
}

export class PhotoPool {
  readonly #options: PhotoPoolOptions;
  readonly #photos: PhotoCache;
  readonly #unusable = new Map<string, string>();
  #isSmall: Promise<boolean> | undefined;

  constructor(options: PhotoPoolOptions) {
    this.#options = options;
    this.#photos = new PhotoCache(cacheBytes, options);
  }

  /** Photos that have turned out to be of no use, by path, with the reason. */
  get unusable(): ReadonlyMap<string, string> {
    return this.#unusable;
  }

  /**
   * A photo for a patch of a step. One that cannot be used any more is passed over.
   *
   * @throws CollectionError when there are too many of those
   */
  async draw(step: number, random: RandomGenerator): Promise<Photo> {
    let reason: string | undefined;
    for (let tries = 0, failures = 0; tries < most.tries && failures < most.failures; tries++) {
      const { index, part } = await this.#visit(step, random);
      const path = this.#options.paths[index] ?? '';
      reason = this.#unusable.get(path);
      if (reason !== undefined) continue;
      try {
        return usable(path, await this.#photos.get(path, part), this.#options.minSide);
      } catch (error) {
        if (!(error instanceof PictureError || error instanceof CollectionError)) throw error;
        reason = error.message;
        this.#unusable.set(path, reason);
        failures += 1;
      }
    }
    throw new CollectionError(
      `The pictures cannot be read any more: connect their drive, then resume. ${reason}`,
    );
  }

  async #visit(step: number, random: RandomGenerator): Promise<Visit> {
    const { paths, seed } = this.#options;
    this.#isSmall ??= fitsIntoMemory(this.#options);
    return (await this.#isSmall)
      ? { index: pick(random, paths.length) }
      : visitAt(step, paths.length, seed, random);
  }
}

/** @throws CollectionError when the photo is smaller than when it was chosen */
function usable(path: string, photo: Photo, minSide: number): Photo {
  const { width, height } = photo;
  if (Math.min(width, height) >= minSide) return photo;
  throw new CollectionError(
    `${path} is now ${width} x ${height} pixels; at least ${minSide} a side are needed.`,
  );
}

/** Whether all photos can be kept decoded, to judge by some of them. */
async function fitsIntoMemory({ paths, noisyPaths }: PhotoPoolOptions): Promise<boolean> {
  const some = paths.filter((_, index) => index % Math.ceil(paths.length / sampled) === 0);
  const sizes = await Promise.allSettled(some.map(pictureSize));
  const pixels = sizes.flatMap((size) =>
    size.status === 'fulfilled' ? [size.value.width * size.value.height] : [],
  );
  const mean = pixels.reduce((sum, each) => sum + each, 0) / Math.max(1, pixels.length);
  return mean * 3 * (noisyPaths ? 2 : 1) * paths.length <= cacheBytes;
}
