import { describe, expect, it } from 'vitest';
import {
  cellSide,
  RememberedRepresentatives,
  representatives,
} from '../../../../renderer/generate/space/map/representatives.ts';

const none = () => false;
const places = Float32Array.of(0, 0, 10, 0, 10, 2, 4, 1);

describe('points of a map', () => {
  it('stand for those around them: in each cell the one nearest to its middle', () => {
    const all = { left: -20, right: 20, top: -20, bottom: 20 };
    // Cells of 4, row by row: (0, 0); (4, 1); of (10, 0) and (10, 2) the second lies in the middle of theirs.
    expect(representatives(places, 4, all, none)).toEqual([0, 3, 2]);
    expect(representatives(places, 4, all, (index) => index === 2)).toEqual([0, 3, 1]);
    expect(representatives(places, 100, all, none)).toHaveLength(1);
  });

  it('stand for whole cells at the edge of what is in sight, and not for any outside', () => {
    // The cell from 8 to 12 is touched; its point (10, 2) lies out of sight.
    const part = { left: 5, right: 9, top: 0, bottom: 1 };
    expect(representatives(places, 4, part, none)).toEqual([3, 2]);
    expect(representatives(places, 4, { ...part, right: 7 }, none)).toEqual([3]);
    expect(representatives(places, 4, { ...part, top: -9, bottom: -8 }, none)).toEqual([]);
  });

  it('stand for a constant grid while one zooms a little', () => {
    const sides = [10, 11, 12, 14].map((scale) => cellSide({ x: 0, y: 0, scale }, 40));
    expect(sides).toEqual([4, 4, 4, 4]);
    expect(cellSide({ x: 0, y: 0, scale: 15 }, 40)).toBeCloseTo(2 * Math.SQRT2, 9);
    expect(cellSide({ x: 0, y: 0, scale: 20 }, 40)).toBe(2);
  });

  it('stay the same while what is in sight has been looked at, and are found anew beyond it', () => {
    const remembered = new RememberedRepresentatives();
    const sight = { left: 3, right: 7, top: 0, bottom: 2 };
    const found = remembered.find(places, 4, sight, none);
    // Twice as wide as asked: from 1 to 9, and so the cells from 0 to 12.
    expect(found).toEqual([0, 3, 2]);
    expect(remembered.find(places, 4, { ...sight, left: 1.5, right: 8.5 }, none)).toBe(found);
    expect(remembered.find(places, 2, sight, none)).toEqual([0, 3]);
    expect(remembered.find(places, 4, { ...sight, left: 20, right: 24 }, none)).toEqual([]);
    expect(remembered.find(places, 4, sight, (index) => index === 2)).toEqual([0, 3, 1]);
    expect(remembered.find(places.slice(0, 2), 4, sight, none)).toEqual([0]);
  });
});
