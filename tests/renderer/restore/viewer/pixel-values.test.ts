import { describe, expect, it } from 'vitest';
import { blended } from '../../../../renderer/restore/viewer/pixel-values.svelte.ts';

describe('what is seen of a pixel', () => {
  const shares = { luminance: 0.5, colour: 0.2, detail: 0 };

  it('is the blend that is saved: luminance and colour apart', () => {
    // As in the test of the blend itself: Y = 7.5.
    expect(blended({ before: [100, 100, 100], after: [120, 110, 60] }, shares)).toEqual([106, 104, 94]);
    expect(blended({ before: [100], after: [200] }, shares)).toEqual([150]);
    expect(blended({ before: [100, 0], after: [200, 100] }, shares)).toEqual([150, 50]);
  });

  it('has as much of the lost texture as is brought back', () => {
    const samples = { before: [100, 100, 100], after: [90, 90, 90], detailed: [98, 98, 98] };
    expect(blended(samples, { luminance: 1, colour: 1, detail: 0.5 })).toEqual([94, 94, 94]);
  });

  it('is mixed with another base where the result is larger than the picture', () => {
    const samples = { before: [100], base: [80], after: [60] };
    expect(blended(samples, { luminance: 0.5, colour: 0.5, detail: 0 })).toEqual([70]);
  });

  it('is the source where there is no result', () => {
    expect(blended({ before: [7, 8, 9] }, shares)).toEqual([7, 8, 9]);
  });
});
