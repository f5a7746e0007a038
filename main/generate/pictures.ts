/** Pictures as training sees them: all of one size, 8 bits, in memory. */

export interface PictureSet {
  /** Height and width. */
  readonly size: number;
  /** 1 grey, 3 RGB. */
  readonly channels: number;
  readonly count: number;
  /** [count, channels, size, size] */
  readonly values: Uint8Array;
  /** Class of each picture as an index; absent without classes. */
  readonly labels?: Uint16Array;
  /** What each picture is called, e.g. its path below the folder. */
  readonly names: readonly string[];
}

/** Values of one picture. */
export function pictureLength({ size, channels }: Pick<PictureSet, 'size' | 'channels'>): number {
  return channels * size * size;
}

/** The pictures at these places. */
export function choose(set: PictureSet, places: readonly number[]): PictureSet {
  const length = pictureLength(set);
  const values = new Uint8Array(places.length * length);
  for (const [to, from] of places.entries()) {
    values.set(set.values.subarray(from * length, (from + 1) * length), to * length);
  }
  return {
    ...set,
    count: places.length,
    values,
    names: places.map((place) => set.names[place] ?? ''),
    ...(set.labels && { labels: Uint16Array.from(places, (place) => set.labels?.[place] ?? 0) }),
  };
}
