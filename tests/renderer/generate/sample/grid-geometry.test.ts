import { expect, it } from 'vitest';
import { caption, gap, gridFor } from '../../../../renderer/generate/sample/grid-geometry.ts';

it('takes the columns that make the pictures largest', () => {
  // Four rows of four: (690 - 3 gaps) / 4 - caption = 138; three rows of six: (944 - 5 gaps) / 6 = 150.
  expect(gridFor(16, { width: 944, height: 690 })).toEqual({ columns: 6, side: 150 });
  expect(gridFor(1, { width: 944, height: 690 })).toEqual({ columns: 1, side: 690 - caption });
});

it('never lets pictures become too small to see: the rest is scrolled to', () => {
  const { columns, side } = gridFor(256, { width: 500, height: 300 });
  expect(side).toBe(56);
  expect(columns * side + (columns - 1) * gap).toBeLessThanOrEqual(500);
});
