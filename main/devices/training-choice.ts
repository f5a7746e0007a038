/** What a run is trained on. */
import type { Device, DeviceId } from '../../preload/contract.ts';
import type { Recovery } from '../train/training-device.ts';
import type { Devices } from './devices.ts';
import { notUsable } from './fallback.ts';

interface Asked {
  readonly device: DeviceId;
  readonly recovery?: Recovery;
}

/** The device that is asked for, or the fastest; the CPU, with a note, where it cannot be used. */
export async function trainingChoice(
  devices: Pick<Devices, 'choose' | 'whyNot'>,
  { device: asked, recovery }: Asked,
): Promise<{ device: Device['id']; recovery?: Recovery }> {
  const device = await devices.choose(asked, { kind: 'training' });
  const reason = await devices.whyNot(device);
  if (reason === undefined) return { device };
  return { device: 'cpu', recovery: { parts: recovery?.parts ?? 1, note: notUsable(device, reason) } };
}
