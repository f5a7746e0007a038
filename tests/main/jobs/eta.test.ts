import { expect, test } from 'vitest';
import { Eta } from '../../../main/jobs/eta.ts';

/** What the last of these reports, each [progress, seconds], is answered with. */
const after = (...reports: [number, number][]) => {
  const eta = new Eta();
  return reports.map(([progress, seconds]) => eta.update(progress, seconds)).at(-1);
};

test('says nothing before the pace can be known', () => {
  expect(after([0.1, 3])).toBeUndefined();
  expect(after([0.1, 3], [0.2, 4])).toBeUndefined();
});

test('follows an even pace', () => {
  expect(after([0.1, 3], [0.2, 4], [0.3, 5])).toBeCloseTo(7);
});

test('does not count what came before the first tile', () => {
  expect(after([0.25, 100], [0.5, 101], [0.75, 102])).toBeCloseTo(1);
});

test('is not moved by one stalled tile', () => {
  expect(after([0.1, 0], [0.2, 1], [0.3, 2], [0.4, 32], [0.5, 33])).toBeCloseTo(5);
});

test('ignores a report without progress', () => {
  expect(after([0.1, 0], [0.2, 1], [0.3, 2], [0.3, 50])).toBeCloseTo(7);
});

test('ends at zero', () => {
  expect(after([0.5, 0], [0.75, 1], [1, 2])).toBe(0);
});
