import { expect, it } from 'vitest';
import type { Picture } from '../../../main/image/picture.ts';
import { toSquare } from '../../../main/image/square.ts';

/** 24 x 8, its three thirds red, green and blue. */
const stripes: Picture = {
  width: 24,
  height: 8,
  channels: 3,
  depth: 8,
  data: Uint8Array.from({ length: 24 * 8 * 3 }, (_, i) =>
    Math.floor((Math.floor(i / 3) % 24) / 8) === i % 3 ? 255 : 0,
  ),
  format: 'png',
  metadata: {},
};

const means = (planes: Uint8Array, channels: number) =>
  Array.from({ length: channels }, (_, c) => {
    const plane = planes.subarray((c * planes.length) / channels, ((c + 1) * planes.length) / channels);
    return Math.round(plane.reduce((sum, value) => sum + value, 0) / plane.length);
  });

it('takes the middle of a wide picture', async () => {
  const planes = await toSquare(stripes, { size: 8, channels: 3, fit: 'centre' });
  expect(means(planes, 3)).toEqual([0, 255, 0]);
});

it('keeps all of it between white bars', async () => {
  const planes = await toSquare(stripes, { size: 24, channels: 3, fit: 'pad' });
  // Two thirds are bars, and a third of the rest is full of each colour.
  for (const mean of means(planes, 3)) expect(mean).toBeCloseTo((255 * 7) / 9, -1);
  expect(planes[0]).toBe(255);
});

it('turns colours to grey, and lays transparency on white', async () => {
  const clear: Picture = { ...stripes, channels: 4, data: new Uint8Array(24 * 8 * 4) };
  const planes = await toSquare(clear, { size: 8, channels: 1, fit: 'smart' });
  expect(planes).toEqual(new Uint8Array(64).fill(255));
});

it('rounds 16 bits to 8', async () => {
  const deep: Picture = { ...stripes, depth: 16, data: new Uint16Array(24 * 8 * 3).fill(0x8080) };
  expect(means(await toSquare(deep, { size: 8, channels: 3, fit: 'centre' }), 3)).toEqual([128, 128, 128]);
});
