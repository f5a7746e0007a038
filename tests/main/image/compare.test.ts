import { describe, expect, it } from 'vitest';
import { compare } from '../../../main/image/compare.ts';
import { psnr, ssim } from '../../../main/image/metrics.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { randomPicture } from './samples.ts';

/** The picture with every `step`-th sample moved by `by`. */
function disturbed(picture: Picture, by: number, step: number): Picture {
  const data = picture.data.map((value, i) =>
    i % step === 0 ? (value >= by ? value - by : value + by) : value,
  );
  return { ...picture, data };
}

describe('comparing with a reference', () => {
  it('gives the same figures as the whole picture at once, over several bands', async () => {
    const a = randomPicture(60, 300, 3, 8);
    const b = disturbed(a, 12, 5);
    const closeness = await compare(a, b);
    expect(closeness.psnr).toBeCloseTo(psnr(a.data, b.data, 255), 9);
    expect(closeness.ssim).toBeCloseTo(ssim(a, b, 255), 9);
  });

  it.each([127, 128, 129, 137, 138, 139])('counts every window once in %i rows', async (height) => {
    const a = randomPicture(16, height, 1, 8);
    const b = disturbed(a, 30, 3);
    expect((await compare(a, b)).ssim).toBeCloseTo(ssim(a, b, 255), 9);
  });

  it('has no bound for equal pictures', async () => {
    const picture = randomPicture(20, 20, 3, 8);
    expect(await compare(picture, picture)).toEqual({ psnr: null, ssim: expect.closeTo(1, 12) });
  });

  it('leaves alpha out, and compares depths and grey with colour by their levels', async () => {
    const grey8: Picture = { ...randomPicture(24, 24, 1, 8) };
    const colour16: Picture = {
      ...grey8,
      channels: 4,
      depth: 16,
      data: Uint16Array.from({ length: 24 * 24 * 4 }, (_, i) =>
        i % 4 === 3 ? 0 : 257 * (grey8.data[Math.floor(i / 4)] ?? 0),
      ),
    };
    expect((await compare(grey8, colour16)).psnr).toBeNull();
  });

  it('says what does not fit', async () => {
    const [a, b] = [randomPicture(20, 20, 3, 8), randomPicture(20, 21, 3, 8)];
    await expect(compare(a, b)).rejects.toThrow('Expected a reference of 20 x 20 but received 20 x 21.');
    await expect(compare(randomPicture(8, 20, 1, 8), randomPicture(8, 20, 1, 8))).rejects.toThrow(RangeError);
  });
});
