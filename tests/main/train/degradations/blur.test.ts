import { expect, it } from 'vitest';
import { blurred } from '../../../../main/train/degradations/blur.ts';

const side = 41;
const middle = (side - 1) / 2;

/** A single bright pixel in the middle of every channel. */
function point() {
  const values = new Float32Array(3 * side * side);
  for (let c = 0; c < 3; c++) values[(c * side + middle) * side + middle] = 1;
  return { width: side, height: side, values };
}

/** Second moments of a channel about its middle, in a turned frame. */
function moments(values: Float32Array, channel: number, angle: number) {
  const sum = { all: 0, along: 0, across: 0 };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = values[(channel * side + y) * side + x] ?? 0;
      const [dx, dy] = [x - middle, y - middle];
      sum.all += value;
      sum.along += value * (dx * Math.cos(angle) + dy * Math.sin(angle)) ** 2;
      sum.across += value * (dy * Math.cos(angle) - dx * Math.sin(angle)) ** 2;
    }
  }
  return sum;
}

it('spreads a point by the deviations along and across its direction, alike in every channel', () => {
  const { values } = blurred(point(), { along: 3, across: 2, angle: 0.7 });
  for (let channel = 0; channel < 3; channel++) {
    const { all, along, across } = moments(values, channel, 0.7);
    expect(all).toBeCloseTo(1, 4);
    // Cut off at r = 3, a Gaussian in two dimensions has 1 - (9/2) / (e^(9/2) - 1) = 0.949 of its variance.
    expect(along).toBeCloseTo(0.949 * 9, 0);
    expect(across).toBeCloseTo(0.949 * 4, 0);
    expect(along / across).toBeCloseTo(9 / 4, 1);
  }
});

it('repeats the edges, and mixes no channels', () => {
  const values = Float32Array.from({ length: 3 * 6 * 4 }, (_, i) => Math.floor(i / 24));
  const { values: result } = blurred({ width: 6, height: 4, values }, { along: 2, across: 1, angle: 1 });
  for (const [i, value] of result.entries()) expect(value).toBeCloseTo(Math.floor(i / 24), 5);
});
