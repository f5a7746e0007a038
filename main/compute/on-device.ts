/** Runs a model where it is asked for. */
import type { Device, DeviceId } from '../../preload/contract.ts';
import type { Devices } from '../devices/devices.ts';
import { type Done, notUsable, withFallback } from '../devices/fallback.ts';
import type { Network } from '../engine/network.ts';
import type { Networks } from './networks.ts';

interface Parts {
  readonly networks: Networks;
  readonly devices: Pick<Devices, 'choose' | 'failed' | 'whyNot'>;
}

/** One network on the device that is asked for or the fastest, and on the CPU where that fails. */
export async function onDevice<T>(
  { networks, devices }: Parts,
  model: string,
  asked: DeviceId,
  work: (network: Network, id: Device['id']) => Promise<T>,
): Promise<Done<T>> {
  const id = await devices.choose(asked, { kind: 'inference', model });
  const on = async (each: Device['id']) => work(await networks.load(model, each), each);
  const reason = await devices.whyNot(id);
  if (reason !== undefined) return { result: await on('cpu'), note: notUsable(id, reason) };
  return withFallback(id, on, (...failure) => devices.failed(...failure));
}
