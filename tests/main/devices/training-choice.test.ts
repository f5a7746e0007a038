import { expect, it } from 'vitest';
import { trainingChoice } from '../../../main/devices/training-choice.ts';

const devices = (reason?: string) => ({
  choose: async () => 'cuda' as const,
  whyNot: async () => reason,
});

it('trains on the CPU where the chosen device cannot be used, and says why', async () => {
  expect(await trainingChoice(devices('Not installed.'), { device: 'cuda' })).toEqual({
    device: 'cpu',
    recovery: { parts: 1, note: 'The device "cuda" cannot be used: Not installed. The CPU was taken.' },
  });
});

it('leaves a device that works, and what is known of a crash, as they are', async () => {
  const recovery = { parts: 4, note: 'It went on.' };
  expect(await trainingChoice(devices(), { device: 'auto', recovery })).toEqual({ device: 'cuda' });
});
