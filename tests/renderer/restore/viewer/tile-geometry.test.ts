import { describe, expect, it } from 'vitest';
import {
  isCrisp,
  layoutScale,
  lensOn,
  levelFor,
  partUnder,
  sameTiles,
  type Tile,
  tileRect,
  tilesOver,
  tilesToDraw,
  topLevel,
  visibleTiles,
  wantedTiles,
} from '../../../../renderer/restore/viewer/tile-geometry.ts';

const photo = { width: 4000, height: 3000 };
const lens = (view: { scale: number; x: number; y: number }, pixelRatio = 1) => ({
  view,
  size: { width: 500, height: 400 },
  pixelRatio,
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
    const tiles = visibleTiles(lens({ scale: 1, x: -600, y: -1030 }), photo, 0);
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
});

describe('what a view asks for', () => {
  const huge = { width: 40_000, height: 30_000 };

  it('is one coarse tile, coarser ones around, and those in sight', () => {
    const wanted = wantedTiles(lens({ scale: 1, x: -20_000, y: -15_000 }), huge);
    expect(wanted[0]).toEqual({ level: 7, column: 0, row: 0 });
    const between = wanted.filter(({ level }) => level === 2);
    // 2048 picture pixels a tile: from 19500 to 21000 and from 14500 to 15900.
    expect(between).toEqual([
      { level: 2, column: 9, row: 7 },
      { level: 2, column: 10, row: 7 },
    ]);
    expect(wanted.filter(({ level }) => level === 0)).toEqual([
      { level: 0, column: 39, row: 29 },
      { level: 0, column: 40, row: 29 },
      { level: 0, column: 39, row: 30 },
      { level: 0, column: 40, row: 30 },
    ]);
  });

  it('is nothing twice where few levels are left', () => {
    const wanted = wantedTiles(lens({ scale: 0.2, x: 0, y: 0 }), photo);
    expect(wanted.map(({ level }) => level)).toEqual([3, 2, 2]);
    expect(wantedTiles(lens({ scale: 0.1, x: 0, y: 0 }), photo)).toEqual([{ level: 3, column: 0, row: 0 }]);
  });
});

describe('the scale of the layout', () => {
  it('is one device pixel for a pixel of the tile, whatever the zoom', () => {
    expect(layoutScale(0, lens({ scale: 1, x: 0, y: 0 }))).toBe(1);
    expect(layoutScale(2, lens({ scale: 0.2, x: 0, y: 0 }))).toBe(1 / 4);
    expect(layoutScale(0, lens({ scale: 0.9, x: 0, y: 0 }, 1.5))).toBe(1 / 1.5);
  });

  it('is the zoom itself where pixels are squares: above 200 % of device pixels', () => {
    expect(layoutScale(0, lens({ scale: 2, x: 0, y: 0 }))).toBe(1);
    expect(layoutScale(0, lens({ scale: 3, x: 0, y: 0 }))).toBe(3);
    expect(layoutScale(0, lens({ scale: 1.5, x: 0, y: 0 }, 2))).toBe(1.5);
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

describe('a picture beside a larger version of it', () => {
  const twice = { width: 8000, height: 6000 };
  const view = { scale: 1, x: -1600, y: -3000 };

  it('is drawn twice as large, so that both are in register', () => {
    const own = lensOn(lens(view), twice, photo);
    expect(own.view).toEqual({ scale: 2, x: -1600, y: -3000 });
    expect(lensOn(lens(view), twice, twice).view).toEqual(view);
  });

  it('has smooth pixels until those of the larger one are squares', () => {
    const at = (scale: number) => lensOn(lens({ ...view, scale }), twice, photo);
    expect([1, 2, 3].map((scale) => isCrisp(at(scale)))).toEqual([false, false, true]);
  });

  it('lies under a tile with a quarter of the pixels', () => {
    expect(partUnder({ level: 0, column: 3, row: 1 }, twice, photo)).toEqual({
      level: 0,
      part: { x: 768, y: 256, width: 256, height: 256 },
    });
  });

  it('is taken from a coarser level where the tile is, and ends where the tile does', () => {
    // The last tile of level 2 has 8000 - 3 x 2048 = 1856 pixels of the frame, which are 464 of level 1.
    expect(partUnder({ level: 2, column: 3, row: 2 }, twice, photo)).toEqual({
      level: 1,
      part: { x: 1536, y: 1024, width: 464, height: 476 },
    });
  });

  it('is in the tiles that the part touches', () => {
    const part = { x: 500, y: 1030, width: 20, height: 10 };
    expect(tilesOver(part, 1, photo)).toEqual([
      { level: 1, column: 0, row: 2 },
      { level: 1, column: 1, row: 2 },
    ]);
  });
});

it('knows the same tiles again, in the same order', () => {
  const tile = (column: number): Tile => ({ level: 1, column, row: 0 });
  expect(sameTiles([tile(1), tile(2)], [tile(1), tile(2)])).toBe(true);
  expect(sameTiles([tile(1), tile(2)], [tile(2), tile(1)])).toBe(false);
  expect(sameTiles([tile(1)], [tile(1), tile(2)])).toBe(false);
});
