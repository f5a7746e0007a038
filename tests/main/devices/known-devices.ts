/** Devices as they are known after measuring. */
import type { DeviceTask } from '../../../main/devices/choose-device.ts';
import type { DeviceRecord, KnownDevice } from '../../../main/library/device-file.ts';
import type { Device } from '../../../preload/contract.ts';

/** Megapixels per second by model. */
type Rates = Readonly<Record<string, number>>;

export const training: DeviceTask = { kind: 'training' };
export const inference = (model: string): DeviceTask => ({ kind: 'inference', model });

export const cpu = (rates: Rates = {}, steps = 1): KnownDevice => measured('cpu', rates, steps, []);

/** @param wrong models of which the results are wrong */
export const gpu = (rates: Rates, steps = 1, wrong: readonly string[] = []): KnownDevice =>
  measured('webgpu', rates, steps, wrong);

function measured(id: Device['id'], rates: Rates, steps: number, wrong: readonly string[]): KnownDevice {
  return {
    id,
    name: id,
    available: true,
    precision: 'float32',
    speed: {
      inference: Object.entries(rates).map(([model, megapixelsPerSecond]) => ({
        model,
        megapixelsPerSecond,
        difference: 0,
        correct: !wrong.includes(model),
      })),
      training: { stepsPerSecond: steps, difference: 0, correct: !wrong.includes('training') },
    },
  };
}

export const record = (devices: KnownDevice[]): DeviceRecord => ({
  key: 'now',
  devices,
  failures: {},
  tiles: [],
});
