import { describe, expect, it } from 'vitest';
import {
  loupeCorner,
  loupeView,
  loupeZoom,
  minimapSize,
  minimapWindow,
} from '../../../../renderer/restore/viewer/overlay-geometry.ts';

const photo = { width: 4000, height: 3000 };

describe('the minimap', () => {
  it('has the shape of the picture', () => {
    expect(minimapSize(photo, 160)).toEqual({ width: 160, height: 120 });
    expect(minimapSize({ width: 300, height: 600 }, 160)).toEqual({ width: 80, height: 160 });
  });

  it('shows what is in sight, and no more than the picture', () => {
    const pane = { width: 800, height: 900 };
    const map = { width: 160, height: 120 };
    // At 50 % from (1000, 0): 1600 of 4000 columns, and all 1800 rows that fit.
    expect(minimapWindow({ scale: 0.5, x: -500, y: 0 }, pane, photo, map)).toEqual({
      x: 40,
      y: 0,
      width: 64,
      height: 72,
    });
    expect(minimapWindow({ scale: 0.2, x: 0, y: 150 }, pane, photo, map)).toEqual({
      x: 0,
      y: 0,
      width: 160,
      height: 120,
    });
  });
});

describe('the loupe', () => {
  const loupe = { width: 400, height: 200 };
  const room = { width: 1000, height: 800 };

  it('stands beside the pointer, on the side where there is room', () => {
    expect(loupeCorner({ x: 100, y: 100 }, loupe, room)).toEqual({ x: 120, y: 120 });
    expect(loupeCorner({ x: 900, y: 700 }, loupe, room)).toEqual({ x: 480, y: 480 });
  });

  it('stays in the viewer where there is room on neither side', () => {
    const { x } = loupeCorner({ x: 250, y: 100 }, loupe, { width: 500, height: 800 });
    expect(x).toBe(80);
  });

  it('enlarges what is seen, and a reduced picture from its full size', () => {
    expect(loupeZoom(0.25, 2)).toBe(2);
    expect(loupeZoom(2, 4)).toBe(8);
  });

  it('has what one looks at in its middle', () => {
    const view = loupeView({ x: 1000, y: 500 }, { width: 200, height: 200 }, 3, 1.5);
    expect(view).toEqual({ scale: 2, x: 100 - 2000, y: 100 - 1000 });
  });
});
