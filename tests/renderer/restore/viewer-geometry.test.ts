import { describe, expect, it } from 'vitest';
import {
  clampView,
  fitScale,
  levelFor,
  shareReady,
  type Tile,
  tileRect,
  tilesToDraw,
  topLevel,
  visibleTiles,
  zoomAt,
} from '../../../renderer/restore/viewer-geometry.ts';

const photo = { width: 4000, height: 3000 };
const viewport = { width: 800, height: 750 };

describe('fit', () => {
  it('shows the whole picture, limited by the tighter side', () => {
    expect(fitScale(photo, viewport, 1)).toBe(0.2);
  });

  it('does not enlarge a small picture past one device pixel per pixel', () => {
    expect(fitScale({ width: 100, height: 80 }, viewport, 2)).toBe(0.5);
  });
});

describe('moving', () => {
  it('centres a picture that is smaller than the viewport', () => {
    expect(clampView({ scale: 0.1, x: -999, y: 999 }, photo, viewport)).toEqual({
      scale: 0.1,
      x: 200,
      y: 225,
    });
  });

  it('lets a larger picture cover the viewport and no further', () => {
    expect(clampView({ scale: 1, x: 50, y: -9999 }, photo, viewport)).toEqual({ scale: 1, x: 0, y: -2250 });
  });

  it('keeps the pixel under the pointer where it is while zooming', () => {
    const view = { scale: 0.5, x: -100, y: -40 };
    const anchor = { x: 300, y: 200 };
    const zoomed = zoomAt(view, 2, anchor);
    const pixel = (v: typeof view) => [(anchor.x - v.x) / v.scale, (anchor.y - v.y) / v.scale];
    expect(pixel(zoomed)).toEqual(pixel(view));
    expect(pixel(zoomed)).toEqual([800, 480]);
  });
});

describe('levels', () => {
  it.each([
    [1, 0],
    [4, 0],
    [0.51, 0],
    [0.5, 1],
    [0.26, 1],
    [0.25, 2],
    [0.2, 2],
    [0.01, 3],
  ])('zoom %d is drawn from level %d', (zoom, level) => {
    expect(levelFor(zoom, photo)).toBe(level);
  });

  it.each([
    [512, 0],
    [513, 1],
    [1024, 1],
    [4000, 3],
  ])('a picture %d wide fits one tile at level %d', (width, level) => {
    expect(topLevel({ width, height: 10 })).toBe(level);
  });
});

describe('tiles', () => {
  it('lists only those in sight', () => {
    const tiles = visibleTiles({ scale: 1, x: -600, y: -1030 }, photo, { width: 500, height: 400 }, 0);
    expect(tiles).toEqual([
      { level: 0, column: 1, row: 2 },
      { level: 0, column: 2, row: 2 },
    ]);
  });

  it('covers the picture exactly, whatever the scale', () => {
    const scale = 0.2371;
    const rects = [0, 1, 2, 3].map((column) => tileRect({ level: 1, column, row: 0 }, photo, scale, 1.5));
    for (const [index, rect] of rects.entries()) {
      expect((rect.x * 1.5) % 1).toBeCloseTo(0);
      const next = rects[index + 1];
      if (next) expect(rect.x + rect.width).toBeCloseTo(next.x);
    }
    const last = rects[3];
    expect(last && last.x + last.width).toBeCloseTo(Math.round(4000 * scale * 1.5) / 1.5);
  });

  it('tells how much of a tile a running preview has reached', () => {
    const tile = { level: 1, column: 0, row: 1 };
    expect(shareReady(tile, photo, 1024)).toBe(0);
    expect(shareReady(tile, photo, 1536)).toBe(0.5);
    expect(shareReady(tile, photo, 3000)).toBe(1);
  });

  it('measures the last, shorter row of tiles by its own height', () => {
    expect(shareReady({ level: 1, column: 0, row: 2 }, photo, 2524)).toBeCloseTo(
      (2524 - 2048) / (3000 - 2048),
    );
  });
});

describe('change of level', () => {
  const coarse: Tile = { level: 2, column: 0, row: 0 };
  const unloaded: Tile = { level: 2, column: 1, row: 0 };
  const fine: Tile[] = [0, 1].map((column) => ({ level: 1, column, row: 0 }));

  it('keeps loaded tiles of the old level below until the new ones are there', () => {
    const loaded = [coarse];
    expect(tilesToDraw([coarse, unloaded], fine, (tile) => loaded.includes(tile))).toEqual([coarse, ...fine]);
  });

  it('drops them when the new ones are there', () => {
    expect(tilesToDraw([coarse], fine, () => true)).toEqual(fine);
  });
});
