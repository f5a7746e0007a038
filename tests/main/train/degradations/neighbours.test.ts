import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { neighbours } from '../../../../main/train/degradations/neighbours.ts';

/** Every sample tells its channel and its place: 100 c + 10 y + x, in a picture of 5 x 4 pixels. */
const [width, height] = [5, 4];
const values = Float32Array.from({ length: 3 * width * height }, (_, i) => {
  const [c, y, x] = [Math.floor(i / (width * height)), Math.floor(i / width) % height, i % width];
  return 100 * c + 10 * y + x;
});
const pictures = (seed: number) => neighbours({ width, height, values }, xoroshiro128plus(seed));

it('takes two pixels that touch out of every cell of two by two, the same in all channels', () => {
  for (let seed = 0; seed < 50; seed++) {
    const [one, other] = pictures(seed);
    expect([one.width, one.height, other.width, other.height]).toEqual([2, 2, 2, 2]);
    for (let cell = 0; cell < 4; cell++) {
      const at = (picture: { values: Float32Array }, c: number) =>
        (picture.values[4 * c + cell] ?? -1) - 100 * c;
      const [a, b] = [at(one, 0), at(other, 0)];
      expect([at(one, 1), at(one, 2), at(other, 1), at(other, 2)]).toEqual([a, a, b, b]);
      for (const place of [a, b]) {
        expect(Math.floor((place % 10) / 2)).toBe(cell % 2);
        expect(Math.floor(place / 20)).toBe(cell >> 1);
      }
      expect([1, 10]).toContain(Math.abs(a - b));
    }
  }
});

it('takes each of the eight neighbourhoods of a cell about equally often', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 1600; seed++) {
    const [one, other] = pictures(Math.imul(seed + 1, 0x9e3779b1));
    const key = `${one.values[0]} ${other.values[0]}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(8);
  // 200 expected, with a deviation of 13.
  for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
});
