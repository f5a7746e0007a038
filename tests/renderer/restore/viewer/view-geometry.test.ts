import { describe, expect, it } from 'vitest';
import {
  centredOn,
  clampView,
  fitScale,
  nextStop,
  pixelAt,
  zoomAt,
} from '../../../../renderer/restore/viewer/view-geometry.ts';

const photo = { width: 4000, height: 3000 };
const pane = { width: 800, height: 750 };

describe('fit', () => {
  it('shows the whole picture, limited by the tighter side', () => {
    expect(fitScale(photo, pane, 1)).toBe(0.2);
  });

  it('does not enlarge a small picture past one device pixel per pixel', () => {
    expect(fitScale({ width: 100, height: 80 }, pane, 2)).toBe(0.5);
  });
});

describe('moving', () => {
  it('centres a picture that is smaller than the pane', () => {
    expect(clampView({ scale: 0.1, x: -999, y: 999 }, photo, pane)).toEqual({ scale: 0.1, x: 200, y: 225 });
  });

  it('lets a larger picture cover the pane and no further', () => {
    expect(clampView({ scale: 1, x: 50, y: -9999 }, photo, pane)).toEqual({ scale: 1, x: 0, y: -2250 });
  });

  it('keeps the pixel under the pointer where it is while zooming', () => {
    const view = { scale: 0.5, x: -100, y: -40 };
    const anchor = { x: 300, y: 200 };
    const zoomed = zoomAt(view, 2, anchor);
    const pixel = (v: typeof view) => [(anchor.x - v.x) / v.scale, (anchor.y - v.y) / v.scale];
    expect(pixel(zoomed)).toEqual(pixel(view));
    expect(pixel(zoomed)).toEqual([800, 480]);
  });

  it('brings a point of the picture to the middle', () => {
    expect(centredOn({ scale: 2, x: 0, y: 0 }, { x: 1000, y: 500 }, pane)).toEqual({
      scale: 2,
      x: 400 - 2000,
      y: 375 - 1000,
    });
  });
});

describe('round zooms', () => {
  it.each([
    [0.34, 1, 0.5],
    [0.34, -1, 1 / 3],
    [1, 1, 1.5],
    [1, -1, 2 / 3],
    [1.0001, -1, 2 / 3],
    [8, 1, 8],
    [0.01, -1, 0.01],
  ] as const)('from %d in direction %i comes %d', (zoom, direction, next) => {
    expect(nextStop(zoom, direction)).toBe(next);
  });
});

describe('the pixel under the pointer', () => {
  const view = { scale: 4, x: -10, y: 6 };

  it('is the one whose square the pointer is in', () => {
    expect(pixelAt(view, { x: 1, y: 9 }, photo)).toEqual({ x: 2, y: 0 });
    expect(pixelAt(view, { x: 2, y: 10 }, photo)).toEqual({ x: 3, y: 1 });
  });

  it('is none beside the picture', () => {
    expect(pixelAt(view, { x: 100, y: 5 }, photo)).toBeUndefined();
    expect(pixelAt({ ...view, x: 0 }, { x: 16_000, y: 9 }, photo)).toBeUndefined();
  });
});
