/** Which pictures of a collection show the same: copies, near copies, and bursts. */
import { basename } from 'node:path';
import type { Finding } from '../../../preload/contract.ts';
import type { Look } from './look.ts';
import { hashDistance, type PerceptualHash } from './perceptual-hash.ts';

/** Bits of 64 in which near duplicates may differ (pHash's own threshold is 22 of 64 for "different"), and the least
 * correlation of their small copies. */
const near = { bits: 10, correlation: 0.92 } as const;
/** Seconds between two shots of a burst, and bits in which they may differ. */
const burst = { seconds: 3, bits: 22 } as const;

interface Seen {
  readonly path: string;
  readonly hash: PerceptualHash;
  /** Levels less their mean, of length 1; undefined for a picture without structure. */
  readonly pattern: Float32Array | undefined;
  readonly capture: Look['capture'];
}

/** Takes pictures one by one, in a fixed order, and remembers what it has seen. */
export class Likeness {
  readonly #seen: (Seen | undefined)[] = [];
  readonly #byDigest = new Map<string, number>();
  readonly #parents: number[] = [];

  /** A picture that could not be read: like no other. */
  skip(): void {
    this.#parents.push(this.#parents.length);
    this.#seen.push(undefined);
  }

  /** @returns what the picture has in common with earlier ones, if anything */
  add(path: string, look: Look): Finding | undefined {
    const index = this.#parents.length;
    this.#parents.push(index);
    const copy = this.#byDigest.get(look.sha256);
    if (copy !== undefined) {
      this.#join(index, copy);
      this.#seen.push(undefined);
      return { kind: 'duplicate', reason: `The very same file as ${this.#nameOf(copy)}.` };
    }
    this.#byDigest.set(look.sha256, index);
    const seen = { path, hash: look.hash, pattern: patternOf(look.thumb), capture: look.capture };
    const like = this.#compare(index, seen);
    this.#seen.push(seen);
    if (like === undefined) return undefined;
    return { kind: 'near-duplicate', reason: `Shows nearly the same as ${this.#nameOf(like)}.` };
  }

  /** For each picture the place of the first of its group; pictures of a group must not be parted. */
  groups(): number[] {
    return this.#parents.map((_, index) => this.#root(index));
  }

  /** Joins the picture with every earlier one of its group; returns the first near duplicate. */
  #compare(index: number, seen: Seen): number | undefined {
    let first: number | undefined;
    for (let other = 0; other < index; other++) {
      const earlier = this.#seen[other];
      if (!earlier) continue;
      const bits = hashDistance(seen.hash, earlier.hash);
      if (bits > burst.bits) continue;
      const same = bits <= near.bits && correlation(seen, earlier) >= near.correlation;
      if (same || sameBurst(seen, earlier)) this.#join(index, other);
      if (same) first ??= other;
    }
    return first;
  }

  #nameOf(index: number): string {
    return basename(this.#seen[index]?.path ?? '');
  }

  #join(a: number, b: number): void {
    const [first, second] = [this.#root(a), this.#root(b)];
    this.#parents[Math.max(first, second)] = Math.min(first, second);
  }

  #root(index: number): number {
    let root = index;
    while (this.#parents[root] !== root) root = this.#parents[root] ?? root;
    this.#parents[index] = root;
    return root;
  }
}

function sameBurst({ capture: a }: Seen, { capture: b }: Seen): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.camera === b.camera &&
    Math.abs(a.seconds - b.seconds) <= burst.seconds
  );
}

function patternOf(thumb: string): Float32Array | undefined {
  const levels = Buffer.from(thumb, 'base64');
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const length = Math.hypot(...[...levels].map((level) => level - mean));
  // Below one level of spread only the rounding is left.
  return length < Math.sqrt(levels.length)
    ? undefined
    : Float32Array.from(levels, (level) => (level - mean) / length);
}

function correlation({ pattern: a }: Seen, { pattern: b }: Seen): number {
  if (!a || !b) return 0;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
