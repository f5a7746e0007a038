import { expect, it } from 'vitest';
import { cutPatch } from '../../../main/train/patches.ts';

/** Red is 1 2 / 3 4, green ten times, blue twenty times as much. */
const photo = { width: 2, height: 2, rgb: Uint8Array.of(1, 10, 20, 2, 20, 40, 3, 30, 60, 4, 40, 80) };
const levels = (turn: { flipX: boolean; flipY: boolean; transpose: boolean }) => {
  const into = new Float32Array(12);
  cutPatch(photo, 0, 0, 2, turn, into);
  return [...into].map((value) => Math.round(value * 255));
};

it.each([
  [{ flipX: false, flipY: false, transpose: false }, [1, 2, 3, 4]],
  [{ flipX: true, flipY: false, transpose: false }, [2, 1, 4, 3]],
  [{ flipX: false, flipY: true, transpose: false }, [3, 4, 1, 2]],
  [{ flipX: false, flipY: false, transpose: true }, [1, 3, 2, 4]],
  [{ flipX: true, flipY: true, transpose: true }, [4, 2, 3, 1]],
])('turns a patch by %o, all channels alike', (turn, red) => {
  const expected = [...red, ...red.map((value) => value * 10), ...red.map((value) => value * 20)];
  expect(levels(turn)).toEqual(expected);
});
