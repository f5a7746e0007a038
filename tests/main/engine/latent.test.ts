import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { gaussian } from '../../../main/engine/gaussian.ts';
import * as g from '../../../main/engine/graph/graph.ts';
import { klPerDimension, klToPrior, klWithFreeBits, reparametrize } from '../../../main/engine/latent.ts';
import { runGraph } from './run-graph.ts';

it('gives the KL divergence of a small case computed by hand', async () => {
  const shape = [2, 2];
  const posterior = { mu: g.input('mu', shape), logvar: g.input('logvar', shape) };
  const inputs = {
    mu: { shape, data: Float32Array.of(1, 0, -3, 0) },
    logvar: { shape, data: Float32Array.of(0, Math.log(4), Math.log(0.25), 0) },
  };
  const out = await runGraph(
    {
      perDimension: klPerDimension(posterior),
      kl: klToPrior(posterior),
      freed: klWithFreeBits(posterior, 1),
    },
    inputs,
  );
  // (mu² + sigma² - 1 - ln sigma²) / 2: 0.5 and (9 + 0.25 - 1 + ln 4) / 2; (4 - 1 - ln 4) / 2 and 0.
  const first = (0.5 + (8.25 + Math.log(4)) / 2) / 2;
  const second = (3 - Math.log(4)) / 2 / 2;
  expect(out.perDimension?.[0]).toBeCloseTo(first, 5);
  expect(out.perDimension?.[1]).toBeCloseTo(second, 5);
  expect(out.kl?.[0]).toBeCloseTo(first + second, 5);
  // The second dimension lies below one nat, which it has for free.
  expect(out.freed?.[0]).toBeCloseTo(first + 1, 5);
});

it('draws codes from the very distribution whose divergence it measures', async () => {
  const [mu, logvar, count] = [0.7, -1.2, 40_000];
  const shape = [count, 1];
  const posterior = { mu: g.input('mu', shape), logvar: g.input('logvar', shape) };
  const noise = new Float32Array(count);
  gaussian(xoroshiro128plus(3), noise, 1);
  const filled = (value: number) => ({ shape, data: new Float32Array(count).fill(value) });
  const out = await runGraph(
    { code: reparametrize(posterior, g.input('noise', shape)), kl: klToPrior(posterior) },
    { mu: filled(mu), logvar: filled(logvar), noise: { shape, data: noise } },
  );
  // Monte Carlo: the mean of ln q(z) - ln p(z) over the samples, with the deviation that the samples themselves have.
  const codes = out.code ?? new Float32Array();
  const mean = codes.reduce((sum, z) => sum + z / count, 0);
  const variance = codes.reduce((sum, z) => sum + (z - mean) ** 2 / count, 0);
  expect(Math.log(variance)).toBeCloseTo(logvar, 1);
  const estimate = codes.reduce(
    (sum, z) => sum + (z ** 2 / 2 - (z - mean) ** 2 / (2 * variance) - Math.log(variance) / 2) / count,
    0,
  );
  expect(Math.abs(estimate - (out.kl?.[0] ?? 0))).toBeLessThan(0.02);
});
