import sharp from 'sharp';
import { expect, it } from 'vitest';
import { animation, type Frames, framePng, sheetPng } from '../../../main/image/frames.ts';

/** Three pictures of 8 x 8: red, green, blue. */
const frames: Frames = {
  size: 8,
  channels: 3,
  count: 3,
  values: Uint8Array.from({ length: 3 * 3 * 64 }, (_, i) =>
    Math.floor(i / 192) === Math.floor((i % 192) / 64) ? 255 : 0,
  ),
};

const pixel = async (bytes: Buffer, left: number, top: number) => [
  ...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer()),
];

it('writes one picture, and all of them in rows', async () => {
  expect(await pixel(await framePng(frames, 1), 4, 4)).toEqual([0, 255, 0]);
  const sheet = await sheetPng(frames, 2);
  expect(await sharp(sheet).metadata()).toMatchObject({ width: 16, height: 16 });
  expect(await pixel(sheet, 12, 4)).toEqual([0, 255, 0]);
  expect(await pixel(sheet, 4, 12)).toEqual([0, 0, 255]);
  expect(await pixel(sheet, 12, 12)).toEqual([0, 0, 0]);
});

it('repeats grey in every colour', async () => {
  const grey = { size: 8, channels: 1, count: 1, values: new Uint8Array(64).fill(77) };
  expect(await pixel(await framePng(grey, 0), 0, 0)).toEqual([77, 77, 77]);
});

it.each(['gif', 'webp'] as const)(
  'writes a %s that shows every picture as long as asked, for ever',
  async (format) => {
    const bytes = await animation(frames, format, 120);
    const facts = await sharp(bytes, { animated: true }).metadata();
    expect(facts).toMatchObject({ format, pages: 3, pageHeight: 8, delay: [120, 120, 120], loop: 0 });
    const [red = 0, green = 0] = await pixel(await sharp(bytes, { page: 1 }).png().toBuffer(), 4, 4);
    expect(green).toBeGreaterThan(240);
    expect(red).toBeLessThan(15);
  },
);
