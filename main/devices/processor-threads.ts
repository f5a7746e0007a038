/** How many threads networks take of the processor. */
import { availableParallelism } from 'node:os';
import { battery, cpu, type Systeminformation } from 'systeminformation';

let processor: Promise<Systeminformation.CpuData> | undefined;

/**
 * One for each physical core, half as many on a battery. The cores are counted once.
 *
 * They are counted here, not left to ONNX Runtime: it would bind each of its threads to a core, where one waits for
 * whatever else runs there and all the others wait for that one.
 */
export async function processorThreads(): Promise<number> {
  processor ??= cpu();
  const [{ physicalCores }, power] = await Promise.all([processor, battery()]);
  return threadsFor(physicalCores || availableParallelism(), power);
}

/** @param cores physical ones; fewer may be lent to this process */
export function threadsFor(
  cores: number,
  { hasBattery, acConnected }: Pick<Systeminformation.BatteryData, 'hasBattery' | 'acConnected'>,
): number {
  const lent = Math.min(cores, availableParallelism());
  return hasBattery && !acConnected ? Math.max(1, lent >> 1) : lent;
}
