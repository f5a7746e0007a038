import { describe, expect, it } from 'vitest';
import { planAxis, tileDefaults } from '../../../main/restore/tiles.ts';

describe('planAxis', () => {
  it('takes one window, rounded up, for what fits into one', () => {
    expect(planAxis(100, 16, { side: 128, overlap: 8 })).toEqual({
      size: 112,
      spans: [{ start: 0, from: 0, to: 100 }],
    });
  });

  it('cuts in the middle of the overlap', () => {
    // 200 in windows of 128 that share at least 16: two windows of 112 from 0 and 96 share 96..112.
    expect(planAxis(200, 16, { side: 128, overlap: 8 })).toEqual({
      size: 112,
      spans: [
        { start: 0, from: 0, to: 104 },
        { start: 96, from: 104, to: 200 },
      ],
    });
  });

  const lengths = [1, 15, 16, 17, 1279, 1280, 1281, 2000, 2561, 4000, 6001];
  for (const multiple of [1, 4, 16])
    it.each(lengths)(
      `keeps every pixel of %i once and sees far enough beyond (multiple ${multiple})`,
      (length) => {
        const { size, spans } = planAxis(length, multiple, tileDefaults);
        expect(size % multiple).toBe(0);
        expect(size).toBeLessThanOrEqual(tileDefaults.side);
        let kept = 0;
        for (const [i, { start, from, to }] of spans.entries()) {
          expect(from).toBe(kept);
          expect(to).toBeGreaterThan(from);
          expect(Number.isInteger(to)).toBe(true);
          expect(start % multiple).toBe(0);
          if (i > 0) expect(from - start).toBeGreaterThanOrEqual(tileDefaults.overlap);
          if (i < spans.length - 1) expect(start + size - to).toBeGreaterThanOrEqual(tileDefaults.overlap);
          expect(start + size).toBeLessThan(length + multiple + (i < spans.length - 1 ? size : 0));
          kept = to;
        }
        expect(kept).toBe(length);
        expect((spans.at(-1)?.start ?? 0) + size).toBeGreaterThanOrEqual(length);
      },
    );

  it('refuses a side that its overlaps fill', () => {
    expect(() => planAxis(1000, 16, { side: 64, overlap: 32 })).toThrow(
      'Expected a tile side of more than 79 but received 64.',
    );
  });
});
