import { expect, it } from 'vitest';
import { type Grouped, split } from '../../../../main/train/dataset/split.ts';

const pictures = (count: number, groupSize = 1): Grouped[] =>
  Array.from({ length: count }, (_, i) => ({ path: `/photos/${i}.png`, group: Math.floor(i / groupSize) }));

it.each([
  [2, 1],
  [10, 2],
  [30, 6],
  [100, 16],
  [1000, 50],
  [10_000, 100],
])('of %i pictures %i are held out', (count, heldOut) => {
  const { training, heldOut: found } = split(pictures(count));
  expect(found).toHaveLength(heldOut);
  expect(training).toHaveLength(count - heldOut);
});

it('a group is never parted', () => {
  const all = pictures(300, 3);
  const { training, heldOut } = split(all);
  const groups = (paths: readonly string[]) =>
    new Set(all.filter(({ path }) => paths.includes(path)).map(({ group }) => group));
  expect(heldOut.length).toBeGreaterThan(10);
  expect([...groups(heldOut)].filter((group) => groups(training).has(group))).toEqual([]);
});

it('the same names are split alike wherever they lie and in whatever order', () => {
  const moved = pictures(50)
    .map(({ path, group }) => ({ path: path.replace('/photos', '/other'), group }))
    .reverse();
  const names = (paths: readonly string[]) => paths.map((path) => path.split('/').at(-1)).sort();
  expect(names(split(moved).heldOut)).toEqual(names(split(pictures(50)).heldOut));
});

it('pictures that are all alike can only be trained on', () => {
  expect(split(pictures(20, 20)).heldOut).toEqual([]);
});
