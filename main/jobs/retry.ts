/** Which failures are worth a second attempt on the CPU, and what the person is told. */
import type { Failure } from '../../preload/contract.ts';

/**
 * The note of a job that is tried again on the CPU, or undefined when trying again would not help: the
 * picture or the model is at fault, not the device.
 */
export function retryNote({ code, message }: Failure): string | undefined {
  switch (code) {
    case 'compute-crashed':
    case 'device-failed':
      return `${message} It was done again on the CPU.`;
    default:
      return undefined;
  }
}
