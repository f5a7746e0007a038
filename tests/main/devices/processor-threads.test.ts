import { availableParallelism } from 'node:os';
import { expect, it, vi } from 'vitest';
import { processorThreads, threadsFor } from '../../../main/devices/processor-threads.ts';

vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  availableParallelism: vi.fn(() => 8),
}));

const plugged = { hasBattery: true, acConnected: true };
const unplugged = { hasBattery: true, acConnected: false };
const desk = { hasBattery: false, acConnected: false };

it.each([
  ['a laptop that is plugged in', 6, plugged, 6],
  ['a laptop on its battery', 6, unplugged, 3],
  ['one core on a battery', 1, unplugged, 1],
  ['a desk computer', 4, desk, 4],
  ['a processor of which only a part is lent', 64, desk, 8],
])('takes of %s, %i cores, its threads', (_, cores, power, threads) => {
  expect(threadsFor(cores, power)).toBe(threads);
});

it('asks this machine, and takes no more than it lends', async () => {
  vi.mocked(availableParallelism).mockReturnValue(2);
  expect([1, 2]).toContain(await processorThreads());
});
