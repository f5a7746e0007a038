import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { uniform } from '../../../main/engine/gaussian.ts';
import * as g from '../../../main/engine/graph/graph.ts';
import { bceWithLogits } from '../../../main/engine/losses.ts';
import { dissimilarity } from '../../../main/engine/ssim-loss.ts';
import { ssim } from '../../../main/image/metrics.ts';
import { runGraph } from './run-graph.ts';

it('gives the cross-entropy of probabilities, and of logits too large for them', async () => {
  const [logits, target] = [g.input('logits', [4]), g.input('target', [4])];
  const out = await runGraph(
    { bce: bceWithLogits(logits, target) },
    {
      logits: { shape: [4], data: Float32Array.of(0, Math.log(3), 200, -200) },
      target: { shape: [4], data: Float32Array.of(1, 0.25, 1, 1) },
    },
  );
  // p = 0.5, 0.75, 1, 0: the last costs its whole logit.
  const expected = Math.log(2) - 0.25 * Math.log(0.75) - 0.75 * Math.log(0.25) + 0 + 200;
  expect(out.bce?.[0]).toBeCloseTo(expected / 4, 4);
});

it('agrees with the structural similarity that pictures are measured with', async () => {
  const random = xoroshiro128plus(5);
  const shape = [1, 2, 14, 17];
  const [a, b] = [0, 1].map(() => Float32Array.from({ length: 2 * 14 * 17 }, () => uniform(random))) as [
    Float32Array,
    Float32Array,
  ];
  const out = await runGraph(
    { loss: dissimilarity(g.input('a', shape), g.input('b', shape)) },
    { a: { shape, data: a }, b: { shape, data: b } },
  );
  const plane = (values: Float32Array, c: number) => ({
    width: 17,
    height: 14,
    channels: 1,
    data: values.subarray(c * 238, (c + 1) * 238),
  });
  const expected = [0, 1].reduce((sum, c) => sum + ssim(plane(a, c), plane(b, c), 1) / 2, 0);
  expect(out.loss?.[0]).toBeCloseTo(1 - expected, 4);
});
