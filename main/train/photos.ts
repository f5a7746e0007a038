/** Photographs as training sees them: 8-bit RGB, kept decoded as far as memory allows. */
import { LRUCache } from 'lru-cache';
import { decode } from '../image/decode.ts';
import { estimateNoise } from '../image/noise-estimate.ts';
import type { Picture } from '../image/picture.ts';
import type { NoisyPaths } from './dataset/split.ts';
import type { Task } from './tasks/task.ts';

/** width x height x 3 values, rows interleaved. */
export interface Photo {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** The noisy picture of the same scene and size, of pairs. */
  readonly noisy?: Photo;
  /** Estimated noise of the whole photo, 8-bit levels, where it was asked for. */
  readonly sigma?: number;
}

/** A part of a photo: at most so many pixels a side, and where it lies between the edges, 0..1. */
export interface Part {
  readonly side: number;
  readonly across: number;
  readonly down: number;
}

/** What training needs of a photo besides its pixels. */
export interface PhotoNeeds extends Partial<Pick<Task, 'learnsFrom'>> {
  readonly noisyPaths?: NoisyPaths | undefined;
}

/** Decodes on demand and keeps up to `maxBytes` of the photos used last. */
export class PhotoCache {
  readonly #cache: LRUCache<string, Photo>;
  readonly #needs: PhotoNeeds;
  readonly #reading = new Map<string, Promise<Photo>>();

  constructor(maxBytes: number, needs: PhotoNeeds = {}) {
    this.#needs = needs;
    this.#cache = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ rgb, noisy }) => rgb.byteLength + (noisy?.rgb.byteLength ?? 0),
    });
  }

  /**
   * @param part of the photo; the whole without it
   * @throws PictureError when the file, or the noisy one beside it, cannot be decoded
   */
  async get(path: string, part?: Part): Promise<Photo> {
    const key = part ? JSON.stringify([path, part]) : path;
    // A photo that is no larger than a part is kept whole.
    const kept = this.#cache.get(path) ?? this.#cache.get(key);
    if (kept) return kept;
    const reading = this.#reading.get(key) ?? this.#read(path, part).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    const photo = await reading;
    const isWhole = !part || Math.max(photo.width, photo.height) < part.side;
    this.#cache.set(isWhole ? path : key, photo);
    return photo;
  }

  async #read(path: string, part: Part | undefined): Promise<Photo> {
    const { noisyPaths, learnsFrom } = this.#needs;
    const picture = await decode(path);
    const noisy = noisyPaths?.[path];
    return {
      ...toPhoto(picture, part),
      ...(noisy !== undefined && { noisy: toPhoto(await decode(noisy), part) }),
      ...(learnsFrom === 'noisy' && { sigma: estimateNoise(picture).level }),
    };
  }
}

/** @throws PictureError when the file cannot be decoded */
export async function readPhoto(path: string): Promise<Photo> {
  return toPhoto(await decode(path));
}

/** Drops alpha, repeats grey, keeps the upper eight of sixteen bits. */
export function toPhoto({ width, height, channels, depth, data }: Picture, part?: Part): Photo {
  const size = {
    width: Math.min(width, part?.side ?? width),
    height: Math.min(height, part?.side ?? height),
  };
  const left = Math.floor((width - size.width) * (part?.across ?? 0));
  const top = Math.floor((height - size.height) * (part?.down ?? 0));
  const green = channels < 3 ? 0 : 1;
  const shift = depth === 16 ? 8 : 0;
  const rgb = new Uint8Array(size.width * size.height * 3);
  let to = 0;
  for (let y = 0; y < size.height; y++) {
    let from = ((top + y) * width + left) * channels;
    for (let x = 0; x < size.width; x++, from += channels) {
      rgb[to++] = (data[from] as number) >> shift;
      rgb[to++] = (data[from + green] as number) >> shift;
      rgb[to++] = (data[from + 2 * green] as number) >> shift;
    }
  }
  return { ...size, rgb };
}
