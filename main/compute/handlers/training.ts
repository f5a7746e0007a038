import type { Devices } from '../../devices/devices.ts';
import { withFallback } from '../../devices/fallback.ts';
import { evaluate } from '../../train/evaluate.ts';
import { train } from '../../train/train.ts';
import type { Networks } from '../networks.ts';
import type { Handlers } from '../protocol.ts';

interface Parts {
  readonly networks: Networks;
  readonly devices: Devices;
}

export function trainingHandlers({ networks, devices }: Parts): Pick<Handlers, 'train' | 'evaluate'> {
  return {
    train: async (options, { signal, progress }) => {
      const device = await devices.choose(options.device, { kind: 'training' });
      return train({ ...options, device }, signal, progress, (...failure) => devices.failed(...failure));
    },
    evaluate: async ({ model, device, ...evaluation }, { signal, progress }) => {
      const id = await devices.choose(device, { kind: 'inference', model });
      const { result, note } = await withFallback(
        id,
        async (each) => evaluate(await networks.load(model, each), evaluation, signal, progress),
        (...failure) => devices.failed(...failure),
      );
      if (note !== undefined) process.stderr.write(`${note}\n`);
      return result;
    },
  };
}
