import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trainParams } from '../../../main/cli/train-command.ts';
import { runsFolder } from '../../../main/library/paths.ts';

const options = {
  data: '/photos/My Best Photos',
  resume: false,
  device: 'auto',
  task: { kind: 'denoise', noise: 'gaussian' },
  network: 'denoiser-fast',
} as const;

it('names a model after its folder, so that the same command finds its run again', () => {
  const name = 'denoise-my-best-photos';
  expect(trainParams(options)).toMatchObject({ name, run: join(runsFolder(), name) });
  expect(trainParams({ ...options, resume: true }).run).toBe(trainParams(options).run);
});

it('keeps the name that was chosen, and the length', () => {
  expect(trainParams({ ...options, name: 'mine', steps: 10 })).toMatchObject({ name: 'mine', steps: 10 });
  expect(trainParams({ ...options, minutes: 0.5 })).toMatchObject({ minutes: 0.5 });
});
