import { expect, it } from 'vitest';
import { drawDifference, signedDifference, weighed } from '../../../../renderer/restore/viewer/difference.ts';

const before = Uint8ClampedArray.from([10, 20, 30, 255, 200, 0, 128, 255]);
const after = Uint8ClampedArray.from([13, 20, 10, 255, 0, 255, 129, 255]);
const drawn = (gain: number, base: 'black' | 'grey') => {
  const into = new Uint8ClampedArray(8);
  drawDifference(signedDifference(before, after), gain, base, into);
  return [...into];
};

it('knows which way every colour has changed', () => {
  expect([...signedDifference(before, after)]).toEqual([3, 0, -20, -200, 255, 1]);
});

it('is brighter on black where more has changed, cut off at white', () => {
  expect(drawn(1, 'black')).toEqual([3, 0, 20, 255, 200, 255, 1, 255]);
  expect(drawn(8, 'black')).toEqual([24, 0, 160, 255, 255, 255, 8, 255]);
});

it('goes up and down from middle grey, which is no change', () => {
  expect(drawn(4, 'grey')).toEqual([140, 128, 48, 255, 0, 255, 132, 255]);
});

it('takes any gain, as a weaker blend needs', () => {
  expect(drawn(0.5, 'black').slice(0, 3)).toEqual([2, 0, 10]);
});

it('is weighed as a copy that keeps parts of it', () => {
  const difference = Int16Array.of(20, 10, -40);
  // Y = 0.3 x 20 + 0.59 x 10 - 0.11 x 40 = 7.5
  expect([...weighed(difference, { luminance: 0.5, colour: 0.2, detail: 0 })]).toEqual([6, 4, -6]);
  const texture = Int16Array.of(8, 8, 8);
  expect([...weighed(difference, { luminance: 0.5, colour: 0.5, detail: 1 }, { texture })]).toEqual([
    14, 9, -16,
  ]);
  // Half way from the base, which differs by 10 itself.
  const base = Int16Array.of(10, 10, 10);
  expect([...weighed(difference, { luminance: 0.5, colour: 0.5, detail: 0 }, { base })]).toEqual([
    15, 10, -15,
  ]);
});
