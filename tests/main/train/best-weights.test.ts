import { expect, it } from 'vitest';
import { BestWeights } from '../../../main/train/best-weights.ts';
import type { Best } from '../../../main/train/run-files.ts';

const ema = new Float32Array(2);

/** A run's files in memory. */
function filesWith(best?: Best) {
  const written: number[] = [];
  const files = {
    readBest: async () => best,
    writeBest: async ({ step }: Best) => void written.push(step),
  };
  return { files, written };
}

it('keeps what scores higher than everything before, also before the run was resumed', async () => {
  const { files, written } = filesWith({ step: 5, score: -3, ema });
  const best = await BestWeights.open(files, 2);
  expect(await best.offer({ step: 10, score: -4, ema })).toBe(false);
  expect(best.current?.step).toBe(5);
  expect(await best.offer({ step: 15, score: -2, ema })).toBe(true);
  expect(await best.offer({ step: 20, score: Number.NaN, ema })).toBe(false);
  expect(best.current?.step).toBe(15);
  expect(written).toEqual([15]);
});

it('has stalled after eight offers that were no better', async () => {
  const best = await BestWeights.open(filesWith().files, 2);
  await best.offer({ step: 1, score: 1, ema });
  for (let step = 2; step <= 8; step++) await best.offer({ step, score: 0, ema });
  expect(best.hasStalled).toBe(false);
  await best.offer({ step: 9, score: 1, ema });
  expect(best.hasStalled).toBe(true);
  await best.offer({ step: 10, score: 2, ema });
  expect(best.hasStalled).toBe(false);
});
