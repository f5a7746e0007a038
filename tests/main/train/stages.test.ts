import { expect, it } from 'vitest';
import { defaultStages, pixelsUntil, stageAt } from '../../../main/train/stages.ts';

const [small, large] = [
  { patches: 4, size: 8, share: 0.75 },
  { patches: 1, size: 32, share: 0.25 },
];
const run = { stages: [small, large], steps: 8 };

it('goes through the stages in their shares of the steps', () => {
  const sizes = Array.from({ length: 8 }, (_, i) => stageAt(run, i + 1).size);
  expect(sizes).toEqual([8, 8, 8, 8, 8, 8, 32, 32]);
});

it('stays in the first while the length is not known, and in the last beyond the end', () => {
  expect(stageAt({ stages: run.stages }, 10_000).size).toBe(8);
  expect(stageAt(run, 99).size).toBe(32);
});

it('counts the pixels of what was trained', () => {
  expect(pixelsUntil(run, 7)).toBe(6 * 4 * 64 + 1024);
});

it('rounds patches up to what the network divides', () => {
  for (const { size } of defaultStages(48, 1)) expect(size % 48).toBe(0);
  const shares = defaultStages(16, 1).reduce((sum, { share }) => sum + share, 0);
  expect(shares).toBeCloseTo(1);
});
