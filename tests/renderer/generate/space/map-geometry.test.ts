import { describe, expect, it } from 'vitest';
import {
  fitting,
  mapAt,
  nearestPoint,
  paneAt,
  panned,
  sightOf,
  withinLasso,
  zoomed,
} from '../../../../renderer/generate/space/map/map-geometry.ts';

const size = { width: 800, height: 400 };
const none = () => false;
const places = Float32Array.of(0, 0, 10, 0, 10, 2, 4, 1);

describe('the camera', () => {
  it('sees all points that are not hidden, with a little air', () => {
    const camera = fitting(places, size, none);
    expect([camera.x, camera.y]).toEqual([5, 1]);
    for (let index = 0; index < 4; index++) {
      const at = paneAt(camera, size, { x: places[2 * index] ?? 0, y: places[2 * index + 1] ?? 0 });
      expect(at.x).toBeGreaterThan(20);
      expect(at.x).toBeLessThan(780);
      expect(at.y).toBeGreaterThan(20);
      expect(at.y).toBeLessThan(380);
    }
    expect(fitting(places, size, (index) => index > 0)).toMatchObject({ x: 0, y: 0 });
    expect(fitting(places, size, () => true)).toEqual({ x: 0, y: 0, scale: 1 });
  });

  it('tells what lies in its pane, or just outside', () => {
    const camera = { x: 5, y: 1, scale: 100 };
    expect(sightOf(camera, size, 0)).toEqual({ left: 1, right: 9, top: -1, bottom: 3 });
    expect(sightOf(camera, size, 100)).toEqual({ left: 0, right: 10, top: -2, bottom: 4 });
  });

  it('zooms towards the pointer, and moves with it', () => {
    const camera = { x: 5, y: 1, scale: 10 };
    const at = { x: 700, y: 90 };
    const under = mapAt(camera, size, at);
    const near = zoomed(camera, size, 3, at, 10);
    expect(near.scale).toBe(30);
    expect(mapAt(near, size, at).x).toBeCloseTo(under.x, 9);
    expect(mapAt(near, size, at).y).toBeCloseTo(under.y, 9);
    const further = panned(near, { x: 60, y: -30 });
    expect(paneAt(further, size, under).x).toBeCloseTo(at.x + 60, 9);
    expect(paneAt(further, size, under).y).toBeCloseTo(at.y - 30, 9);
    expect(zoomed(camera, size, 1e-9, at, 10).scale).toBe(5);
  });
});

describe('points', () => {
  it('are found under the pointer, within its reach, unless they are hidden', () => {
    expect(nearestPoint(places, { x: 9, y: 0.5 }, 2, none)).toBe(1);
    expect(nearestPoint(places, { x: 9, y: 0.5 }, 2, (index) => index === 1)).toBe(2);
    expect(nearestPoint(places, { x: 7, y: 1 }, 2, none)).toBeUndefined();
  });

  it('are found within a lasso, also where it is bent', () => {
    const bent = [
      { x: -1, y: -1 },
      { x: 11, y: -1 },
      { x: 11, y: 3 },
      { x: 9, y: 3 },
      { x: 9, y: 0.5 },
      { x: -1, y: 0.5 },
    ];
    expect(withinLasso(places, bent, none)).toEqual([0, 1, 2]);
    expect(withinLasso(places, bent, (index) => index === 1)).toEqual([0, 2]);
    expect(withinLasso(places, [], none)).toEqual([]);
  });
});
