import { expect, test } from 'vitest';
import { gridOf, nextTile } from '../../../main/restore/tile-grid.ts';

/** Three columns and two rows of a picture of 300 x 200. */
const grid = (...done: number[]) => {
  const empty = gridOf([100, 200, 300], [100, 200]);
  return { ...empty, done: empty.done.map((_, index) => done.includes(index)) };
};
const order = (look?: { x: number; y: number; width: number; height: number }) => {
  const done: number[] = [];
  for (let next = nextTile(grid(), look); next >= 0; next = nextTile(grid(...done), look)) done.push(next);
  return done;
};

test('tiles are done row by row where nobody looks', () => {
  expect(order()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('the tile in the middle of what is seen comes first, then those around it', () => {
  // The lower right corner: tile 5 alone is in sight; 4 and 2 are a third and a half of the picture away.
  expect(order({ x: 0.7, y: 0.6, width: 0.25, height: 0.3 }).slice(0, 3)).toEqual([5, 4, 2]);
});

test('a tile that is partly in sight comes before a nearer one that is not', () => {
  // A flat stretch along the top edge: all three tiles of the upper row are in sight, none of the lower.
  expect(order({ x: 0, y: 0, width: 1, height: 0.05 }).slice(0, 3).sort()).toEqual([0, 1, 2]);
});

test('there is none when all are done', () => {
  expect(nextTile(grid(0, 1, 2, 3, 4, 5), undefined)).toBe(-1);
  expect(nextTile(grid(0, 1, 2, 3, 4, 5), { x: 0, y: 0, width: 1, height: 1 })).toBe(-1);
});
