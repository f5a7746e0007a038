/** Photographs as training sees them: 8-bit RGB, kept decoded as far as memory allows. */
import { LRUCache } from 'lru-cache';
import { decode } from '../image/decode.ts';
import { estimateSigma } from '../image/noise-estimate.ts';
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
  /** Estimated noise, 8-bit levels, where it was asked for. */
  readonly sigma?: number;
}

/** What training needs of a photo besides its pixels. */
export interface PhotoNeeds extends Partial<Pick<Task, 'learnsFrom'>> {
  readonly noisyPaths?: NoisyPaths | undefined;
}

/** Decodes on demand and keeps up to `maxBytes` of the photos used last. */
export class PhotoCache {
  readonly #cache: LRUCache<string, Photo>;
  readonly #needs: PhotoNeeds;

  constructor(maxBytes: number, needs: PhotoNeeds = {}) {
    this.#needs = needs;
    this.#cache = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ rgb, noisy }) => rgb.byteLength + (noisy?.rgb.byteLength ?? 0),
    });
  }

  /** @throws PictureError when the file, or the noisy one beside it, cannot be decoded */
  async get(path: string): Promise<Photo> {
    const kept = this.#cache.get(path);
    if (kept) return kept;
    const photo = await this.#read(path);
    this.#cache.set(path, photo);
    return photo;
  }

  async #read(path: string): Promise<Photo> {
    const { noisyPaths, learnsFrom } = this.#needs;
    const picture = await decode(path);
    const noisy = noisyPaths?.[path];
    return {
      ...toPhoto(picture),
      ...(noisy !== undefined && { noisy: await readPhoto(noisy) }),
      ...(learnsFrom === 'noisy' && { sigma: estimateSigma(picture) }),
    };
  }
}

/** @throws PictureError when the file cannot be decoded */
export async function readPhoto(path: string): Promise<Photo> {
  return toPhoto(await decode(path));
}

/** Drops alpha, repeats grey, keeps the upper eight of sixteen bits. */
export function toPhoto({ width, height, channels, depth, data }: Picture): Photo {
  const colours = channels < 3 ? 1 : 3;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      const value = data[pixel * channels + (colours === 1 ? 0 : c)] ?? 0;
      rgb[pixel * 3 + c] = depth === 16 ? value >> 8 : value;
    }
  }
  return { width, height, rgb };
}
