import { describe, expect, it } from 'vitest';
import { drawnItems, scrolledTo } from '../../../renderer/restore/strip-geometry.ts';

const strip = { count: 2000, item: 150, top: 0, height: 600 };

describe('the items that are drawn', () => {
  it('are those in sight and a few beyond, with the room of all others kept', () => {
    expect(drawnItems(strip)).toEqual({ from: 0, to: 10, before: 0, behind: 1990 * 150 });
    expect(drawnItems({ ...strip, top: 150_075 })).toEqual({
      from: 994,
      to: 1011,
      before: 994 * 150,
      behind: 989 * 150,
    });
  });

  it('are all of a few, and none beyond the end', () => {
    expect(drawnItems({ ...strip, count: 3 })).toEqual({ from: 0, to: 3, before: 0, behind: 0 });
    expect(drawnItems({ ...strip, count: 0 })).toEqual({ from: 0, to: 0, before: 0, behind: 0 });
    expect(drawnItems({ ...strip, count: 20, top: 9000 })).toMatchObject({ to: 20, behind: 0 });
  });
});

describe('scrolling to an item', () => {
  it('moves no farther than it must', () => {
    expect(scrolledTo(2, strip)).toBe(0);
    expect(scrolledTo(4, strip)).toBe(150);
    expect(scrolledTo(1, { ...strip, top: 900 })).toBe(150);
    expect(scrolledTo(1999, strip)).toBe(2000 * 150 - 600);
  });

  it('shows the beginning of an item that is higher than the strip', () => {
    expect(scrolledTo(3, { ...strip, height: 100 })).toBe(450);
  });
});
