import { expect, it } from 'vitest';
import { pathThrough, roundTicks, scalesFor } from '../../../renderer/training/curve-geometry.ts';

const frame = { width: 200, height: 100, left: 50, bottom: 10, top: 10 };

it.each([
  [0, 1, [0, 0.5, 1]],
  [28.61, 29.22, [28.8, 29, 29.2]],
  [0.02, 0.055, [0.02, 0.03, 0.04, 0.05]],
])('ticks from %f to %f are round', (from, to, ticks) => {
  expect(roundTicks(from, to)).toEqual(ticks);
});

it('holds every value, the last step at the right end', () => {
  const points = [
    [1, 10],
    [50, 20],
    [100, 15],
  ] as const;
  const { x, y } = scalesFor(points, [8], 0, frame);
  expect(x(100)).toBe(200);
  expect(x(0)).toBe(50);
  for (const value of [8, 10, 20]) {
    expect(y(value)).toBeGreaterThan(frame.top);
    expect(y(value)).toBeLessThan(frame.height - frame.bottom);
  }
  expect(y(20)).toBeLessThan(y(8));
});

it('leaves room for the steps to come', () => {
  const scales = scalesFor(
    [
      [1, 1],
      [25, 2],
    ],
    [],
    100,
    frame,
  );
  expect(scales.x(25)).toBe(87.5);
});

it('a curve without points is no path, and a constant one has a scale', () => {
  expect(pathThrough([], scalesFor([], [], 0, frame))).toBe('');
  expect(
    pathThrough(
      [
        [0, 3],
        [10, 3],
      ],
      scalesFor(
        [
          [0, 3],
          [10, 3],
        ],
        [],
        10,
        frame,
      ),
    ),
  ).toBe('M50.0 50.0L200.0 50.0');
});
