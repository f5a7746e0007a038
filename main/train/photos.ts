/** Photographs as training sees them: 8-bit RGB, kept decoded as far as memory allows. */
import { LRUCache } from 'lru-cache';
import { decode } from '../image/decode.ts';
import type { Picture } from '../image/picture.ts';

/** width x height x 3 values, rows interleaved. */
export interface Photo {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Decodes on demand and keeps up to `maxBytes` of the photos used last. */
export class PhotoCache {
  readonly #cache: LRUCache<string, Photo>;

  constructor(maxBytes: number) {
    this.#cache = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ rgb }) => rgb.byteLength });
  }

  /** @throws PictureError when the file cannot be decoded */
  async get(path: string): Promise<Photo> {
    const kept = this.#cache.get(path);
    if (kept) return kept;
    const photo = await readPhoto(path);
    this.#cache.set(path, photo);
    return photo;
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
