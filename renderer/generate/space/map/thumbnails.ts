/** Thumbnails of a collection for drawing, loaded many at a time when they are first asked for. */
import { gatheredColumns, gatheredPath } from '../../../../preload/contract.ts';
import type { Space } from '../space.svelte.ts';

/** Thumbnails of one request: more take longer to come, fewer need more requests. */
const batch = 64;
const mostUnderWay = 3;
/** Thumbnails that are kept; the oldest make room. */
const mostKept = 6000;

/** Where in a sheet a thumbnail stands. */
export interface Thumbnail {
  readonly sheet: HTMLImageElement;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

export class Thumbnails {
  readonly #space: Space;
  readonly #changed: () => void;
  readonly #kept = new Map<number, Thumbnail>();
  /** On their way, or not to be had. */
  readonly #coming = new Set<number>();
  #wanted: number[] = [];
  #underWay = 0;

  /** @param changed told when some have come, or could not be had */
  constructor(space: Space, changed: () => void) {
    this.#space = space;
    this.#changed = changed;
  }

  /** The thumbnail, or undefined while there is none; then it is wanted. */
  get(index: number): Thumbnail | undefined {
    const kept = this.#kept.get(index);
    if (!kept && !this.#coming.has(index)) this.#wanted.push(index);
    return kept;
  }

  /** Loads what was wanted since the last time; what is not wanted any more is not loaded. */
  load(): void {
    while (this.#wanted.length > 0 && this.#underWay < mostUnderWay) {
      void this.#fetch(this.#wanted.splice(0, batch));
    }
    this.#wanted = [];
  }

  async #fetch(indices: readonly number[]): Promise<void> {
    this.#underWay += 1;
    for (const index of indices) this.#coming.add(index);
    const { session, model } = this.#space;
    await session.try(async () => {
      const sheet = new Image();
      sheet.src = session.client.pixels(gatheredPath(model, indices));
      await sheet.decode();
      this.#cut(sheet, indices);
      for (const index of indices) this.#coming.delete(index);
    });
    this.#underWay -= 1;
    this.#changed();
  }

  #cut(sheet: HTMLImageElement, indices: readonly number[]): void {
    const side = sheet.naturalWidth / gatheredColumns;
    for (const [place, index] of indices.entries()) {
      const [x, y] = [place % gatheredColumns, Math.floor(place / gatheredColumns)];
      this.#kept.set(index, { sheet, x: x * side, y: y * side, side });
    }
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
  }
}
