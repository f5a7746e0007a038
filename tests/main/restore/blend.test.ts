import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../main/image/picture.ts';
import { blend } from '../../../main/restore/blend.ts';
import { randomPicture } from '../image/samples.ts';

function grey(...values: number[]): Picture {
  const data = Uint8Array.from(values);
  return { width: values.length, height: 1, channels: 1, depth: 8, data, format: 'png', metadata: {} };
}

describe('blend', () => {
  it('moves from the source to the result by the strength in per cent', () => {
    expect([...blend(grey(100, 200, 7), grey(200, 100, 8), 30).data]).toEqual([130, 170, 7]);
    expect([...blend(grey(100, 200, 7), grey(200, 100, 8), 50).data]).toEqual([150, 150, 8]);
  });

  it('is the source at 0 and the result at 100', () => {
    const [source, result] = [randomPicture(9, 9, 3, 16), randomPicture(9, 9, 3, 16, 2)];
    expect(blend(source, result, 0)).toBe(source);
    expect(blend(source, result, 100)).toBe(result);
  });

  it('keeps 16 bits', () => {
    const [source, result] = [randomPicture(9, 9, 3, 16), randomPicture(9, 9, 3, 16, 2)];
    const half = blend(source, result, 50);
    expect(half.data).toBeInstanceOf(Uint16Array);
    expect(half.data[5]).toBe(Math.round(((source.data[5] ?? 0) + (result.data[5] ?? 0)) / 2));
  });

  it('refuses pictures of different shape', () => {
    expect(() => blend(grey(1, 2), grey(1), 50)).toThrow(RangeError);
  });
});
