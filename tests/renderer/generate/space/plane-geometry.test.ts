import { describe, expect, it } from 'vitest';
import {
  bringing,
  levelFor,
  paneAt,
  panned,
  planeAt,
  tileInPane,
  tilesIn,
  whole,
  zoomed,
} from '../../../../renderer/generate/space/plane/plane-geometry.ts';

const close = (actual: { x: number; y: number }, x: number, y: number) => {
  expect(actual.x).toBeCloseTo(x, 9);
  expect(actual.y).toBeCloseTo(y, 9);
};

describe('what is in sight of a plane', () => {
  it('is enlarged towards the pointer', () => {
    const sight = zoomed(whole, 4, { x: 0.6, y: 0.2 });
    expect(sight.side).toBeCloseTo(0.25, 9);
    close(planeAt(sight, { x: 0.6, y: 0.2 }), 0.6, 0.2);
    expect(zoomed(sight, 0.01, { x: 0.1, y: 0.9 })).toEqual(whole);
  });

  it('follows the pointer when it is dragged, and ends at the edges', () => {
    const sight = panned({ x: 0.5, y: 0.5, side: 0.25 }, { x: 0.4, y: -0.2 });
    close(sight, 0.4, 0.55);
    close(panned(sight, { x: 9, y: -9 }), 0, 0.75);
  });

  it('moves no farther than brings a point into it', () => {
    const sight = { x: 0.5, y: 0.5, side: 0.25 };
    close(bringing(sight, { x: 0.6, y: 0.7 }), 0.5, 0.5);
    close(bringing(sight, { x: 0.4, y: 0.8 }), 0.4, 0.55);
  });

  it('tells where a point of the plane lies in the pane', () => {
    const sight = { x: 0.25, y: 0.5, side: 0.5 };
    close(paneAt(sight, { x: 0.5, y: 0.5 }), 0.5, 0);
    close(planeAt(sight, paneAt(sight, { x: 0.3, y: 0.9 })), 0.3, 0.9);
  });
});

describe('the tiles in sight', () => {
  it('are as fine as pictures of the asked for size allow', () => {
    // 640 pixels: 4 pictures of 160, 8 of 80, 16 of 40.
    expect(levelFor(whole, 640, 4, 200)).toBe(0);
    expect(levelFor(whole, 640, 4, 64)).toBe(1);
    expect(levelFor(whole, 640, 4, 40)).toBe(2);
    expect(levelFor({ ...whole, side: 0.25 }, 640, 4, 40)).toBe(4);
  });

  it('cover it, and lie beside each other', () => {
    expect(tilesIn(whole, 1)).toHaveLength(4);
    const sight = { x: 0.3, y: 0.6, side: 0.25 };
    const tiles = tilesIn(sight, 3);
    expect(tiles.map(({ x, y }) => [x, y])).toEqual([
      [2, 4],
      [3, 4],
      [4, 4],
      [2, 5],
      [3, 5],
      [4, 5],
      [2, 6],
      [3, 6],
      [4, 6],
    ]);
    const [first, second] = tiles.map((tile) => tileInPane(sight, tile));
    expect(first?.side).toBeCloseTo(0.5, 9);
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeCloseTo(0.5, 9);
    expect(first?.x).toBeCloseTo((0.25 - 0.3) / 0.25, 9);
  });
});
