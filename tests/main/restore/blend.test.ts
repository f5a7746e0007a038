import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { normal } from '../../../main/engine/gaussian.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { blend } from '../../../main/restore/blend.ts';
import { randomPicture } from '../image/samples.ts';

function grey(...values: number[]): Picture {
  const data = Uint8Array.from(values);
  return { width: values.length, height: 1, channels: 1, depth: 8, data, format: 'png', metadata: {} };
}

function colours(...values: number[]): Picture {
  return { ...grey(...values), width: values.length / 3, channels: 3 };
}

/** Shares of luminance and colour alike, and no detail. */
const evenly = (share: number) => ({ luminance: share, colour: share, detail: 0 });

describe('blend', () => {
  it('moves from the source to the result by the strength in per cent', () => {
    expect([...blend(grey(100, 200, 7), grey(200, 100, 8), evenly(0.3)).data]).toEqual([130, 170, 7]);
    expect([...blend(grey(100, 200, 7), grey(200, 100, 8), evenly(0.5)).data]).toEqual([150, 150, 8]);
  });

  it('is the source at 0 and the result at 100', () => {
    const [source, result] = [randomPicture(9, 9, 3, 16), randomPicture(9, 9, 3, 16, 2)];
    expect(blend(source, result, evenly(0))).toBe(source);
    expect(blend(source, result, evenly(1))).toBe(result);
  });

  it('keeps 16 bits', () => {
    const [source, result] = [randomPicture(9, 9, 3, 16), randomPicture(9, 9, 3, 16, 2)];
    const half = blend(source, result, evenly(0.5));
    expect(half.data).toBeInstanceOf(Uint16Array);
    expect(half.data[5]).toBe(Math.round(((source.data[5] ?? 0) + (result.data[5] ?? 0)) / 2));
  });

  it('refuses pictures of different shape', () => {
    expect(() => blend(grey(1, 2), grey(1), evenly(0.5))).toThrow(RangeError);
  });

  it('takes luminance and colour apart by the weights of CSS', () => {
    const [source, result] = [colours(100, 100, 100), colours(120, 110, 60)];
    // d = 20, 10, -40; Y = 0.3 x 20 + 0.59 x 10 - 0.11 x 40 = 7.5.
    const brighter = blend(source, result, { luminance: 1, colour: 0, detail: 0 });
    expect([...brighter.data]).toEqual([108, 108, 108]);
    const tinted = blend(source, result, { luminance: 0, colour: 1, detail: 0 });
    expect([...tinted.data]).toEqual([113, 103, 53]);
    // 0.5 Y + 0.2 (d - Y) = 3.75 + 0.2 x (12.5, 2.5, -47.5)
    const mixed = blend(source, result, { luminance: 0.5, colour: 0.2, detail: 0 });
    expect([...mixed.data]).toEqual([106, 104, 94]);
  });

  it('cuts off what leaves the range', () => {
    const [source, result] = [colours(250, 250, 0), colours(255, 255, 255)];
    const { data } = blend(source, result, { luminance: 1, colour: 0, detail: 0 });
    // Y = 0.89 x 5 + 0.11 x 255 = 32.5
    expect([...data]).toEqual([255, 255, 33]);
  });

  it('mixes grey by its luminance alone, and transparency with it', () => {
    const pair = (...values: number[]): Picture => ({ ...grey(...values), width: 1, channels: 2 });
    const { data } = blend(pair(100, 0), pair(200, 100), { luminance: 0.5, colour: 1, detail: 0 });
    expect([...data]).toEqual([150, 50]);
  });

  it('brings back texture that was taken away, and hardly any noise', () => {
    const random = xoroshiro128plus(7);
    const clean = plane((x, y) => 120 + (x >= 200 ? 24 * Math.sin(x * 1.9) * Math.sin(y * 1.7) : 0));
    const noisy = plane((x, y) => (clean.data[y * side + x] as number) + 4 * normal(random));
    const smooth = plane(() => 120);
    const { data } = blend(noisy, smooth, { luminance: 1, colour: 1, detail: 1 });
    const textured = (from: number, to: number) => spread((i) => (data[i] as number) - 120, from, to);
    // 24 sin sin has a root mean square of 12; the noise has one of 4.
    expect(textured(210, 310)).toBeGreaterThan(9);
    expect(textured(10, 190)).toBeLessThan(1);
  });

  it('brings texture back without seams between its strips', () => {
    const source = plane((x, y) => 120 + (x > 200 ? 20 * ((x + y) % 2) : 3 * ((x * 7 + y * 5) % 4)));
    const { data } = blend(
      source,
      plane(() => 120),
      { luminance: 1, colour: 1, detail: 1 },
    );
    // The source repeats every four rows, so its texture does, away from the edges.
    const row = (y: number) => [...data.subarray(y * side, (y + 1) * side)];
    for (let y = 12; y < side - 16; y++) expect(row(y + 4)).toEqual(row(y));
  });
});

const side = 320;

function plane(value: (x: number, y: number) => number): Picture {
  const data = Uint8Array.from(
    { length: side * side },
    (_, i) => value(i % side, Math.floor(i / side)) + 0.5,
  );
  return { width: side, height: side, channels: 1, depth: 8, data, format: 'png', metadata: {} };
}

/** Root mean square over columns [from, to) of all rows but the outermost. */
function spread(value: (i: number) => number, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let y = 10; y < side - 10; y++)
    for (let x = from; x < to; x++, count++) sum += value(y * side + x) ** 2;
  return Math.sqrt(sum / count);
}
