import { describe, expect, it } from 'vitest';
import { compareRuns, largestDifference, probeTraining } from '../../../main/devices/probe.ts';
import type { Network } from '../../../main/engine/network.ts';

/** A network that adds a number to every sample, and counts its runs. */
function adding(value: number): Network & { runs: number } {
  return {
    inputChannels: 3,
    outputChannels: 3,
    multiple: 1,
    scale: 1,
    device: 'one',
    runs: 0,
    async run(input) {
      this.runs += 1;
      return input.map((sample) => sample + value);
    },
    dispose: async () => undefined,
  };
}

describe('a device beside the CPU', () => {
  it('is right within the tolerance of its precision', async () => {
    const compared = (error: number, precision: 'float32' | 'tf32' | 'float16') =>
      compareRuns(adding(error), adding(0), precision);
    expect(await compared(0.0005, 'float32')).toMatchObject({ correct: true });
    expect(await compared(0.002, 'float32')).toMatchObject({ correct: false });
    expect(await compared(0.002, 'tf32')).toMatchObject({ correct: true });
    expect(await compared(0.006, 'tf32')).toMatchObject({ correct: false });
    expect(await compared(0.006, 'float16')).toMatchObject({ correct: true });
  });

  it('is timed on tiles, and its largest difference is told', async () => {
    const { megapixelsPerSecond, difference } = await compareRuns(adding(2 ** -12), adding(0), 'float32');
    expect(megapixelsPerSecond).toBeGreaterThan(0);
    expect(difference).toBeCloseTo(2 ** -12, 6);
  });

  it('that gives no numbers is wrong at once', async () => {
    const broken = adding(Number.NaN);
    expect(await compareRuns(broken, adding(0), 'float16')).toEqual({
      megapixelsPerSecond: 0,
      difference: Number.MAX_VALUE,
      correct: false,
    });
    expect(broken.runs).toBe(1);
  });
});

it('takes samples that are missing for infinitely wrong', () => {
  expect(largestDifference(Float32Array.of(1, 2), Float32Array.of(1, 4))).toBe(2);
  expect(largestDifference(Float32Array.of(1), Float32Array.of(1, 4))).toBe(Number.POSITIVE_INFINITY);
});

it('trains a step on the CPU as the CPU does', async () => {
  expect(await probeTraining('cpu')).toMatchObject({ correct: true, difference: 0 });
});
