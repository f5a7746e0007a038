/** What a device could not do is done again on the CPU. */
import type { Device } from '../../preload/contract.ts';
import { firstSentence, RelumeError } from '../library/failure.ts';

export interface Done<T> {
  readonly result: T;
  /** What the person should know of how it was done. */
  readonly note?: string;
}

/** What the person is told of a device that they chose and that is not there. */
export const notUsable = (id: Device['id'], reason: string) =>
  `The device "${id}" cannot be used: ${firstSentence(reason)} The CPU was taken.`;

/**
 * Does work on a device, and on the CPU when anything goes wrong there. It is the device's fault only if the CPU
 * then succeeds: told so that the device is not used again.
 *
 * @throws what the CPU throws; cancelling, and what no device can help with, at once
 */
export async function withFallback<T>(
  id: Device['id'],
  work: (id: Device['id']) => Promise<T>,
  onFailed: (id: Device['id'], reason: string) => Promise<void>,
): Promise<Done<T>> {
  try {
    return { result: await work(id) };
  } catch (error) {
    const cancelled = error instanceof Error && error.name === 'AbortError';
    if (id === 'cpu' || cancelled || error instanceof RelumeError) throw error;
    const result = await work('cpu');
    const reason = firstSentence(error);
    await onFailed(id, reason);
    return { result, note: `The device "${id}" failed: ${reason} It was done again on the CPU.` };
  }
}
