import { describe, expect, it } from 'vitest';
import { paneAt, panesFor, roomierDirection } from '../../../../renderer/restore/viewer/pane-geometry.ts';

const room = { width: 1001, height: 700 };

describe('panes', () => {
  it('one takes all the room', () => {
    expect(panesFor(1, 'beside', room, 1)).toEqual([{ x: 0, y: 0, width: 1001, height: 700 }]);
  });

  it('two are equally large, beside or above each other', () => {
    expect(panesFor(2, 'beside', room, 1)).toEqual([
      { x: 0, y: 0, width: 499, height: 700 },
      { x: 502, y: 0, width: 499, height: 700 },
    ]);
    expect(panesFor(2, 'above', room, 1).map(({ y, height }) => [y, height])).toEqual([
      [0, 349],
      [351, 349],
    ]);
  });

  it.each([3, 4])('%i stand two by two', (count) => {
    const panes = panesFor(count, 'above', room, 1);
    expect(panes.map(({ x, y }) => [x > 0, y > 0])).toEqual(
      [
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ].slice(0, count),
    );
  });

  it('lie on whole device pixels', () => {
    for (const { x, y, width, height } of panesFor(4, 'beside', { width: 777, height: 555 }, 1.5))
      for (const edge of [x, y, width, height]) expect((edge * 1.5) % 1).toBeCloseTo(0);
  });
});

it('a wide picture is seen larger above its other version, a tall one beside it', () => {
  expect(roomierDirection({ width: 3, height: 2 }, { width: 780, height: 700 })).toBe('above');
  expect(roomierDirection({ width: 2, height: 3 }, { width: 780, height: 700 })).toBe('beside');
  expect(roomierDirection({ width: 3, height: 2 }, { width: 1400, height: 700 })).toBe('beside');
});

describe('the pane under the pointer', () => {
  const panes = panesFor(2, 'beside', room, 1);

  it('tells the same point in every pane', () => {
    expect(paneAt(panes, { x: 100, y: 50 })).toEqual({ index: 0, point: { x: 100, y: 50 } });
    expect(paneAt(panes, { x: 602, y: 50 })).toEqual({ index: 1, point: { x: 100, y: 50 } });
  });

  it('is the nearest one between panes and outside', () => {
    expect(paneAt(panes, { x: 499.5, y: 50 })).toEqual({ index: 0, point: { x: 499, y: 50 } });
    expect(paneAt(panes, { x: 2000, y: -9 })).toEqual({ index: 1, point: { x: 499, y: 0 } });
  });
});
