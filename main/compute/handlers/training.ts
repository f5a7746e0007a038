import type { Devices } from '../../devices/devices.ts';
import { trainingChoice } from '../../devices/training-choice.ts';
import { evaluate } from '../../train/evaluate.ts';
import { train } from '../../train/train.ts';
import type { Networks } from '../networks.ts';
import { onDevice } from '../on-device.ts';
import type { Handlers } from '../protocol.ts';

interface Parts {
  readonly networks: Networks;
  readonly devices: Devices;
}

export function trainingHandlers({ networks, devices }: Parts): Pick<Handlers, 'train' | 'evaluate'> {
  return {
    train: async (options, { signal, progress }) => {
      const chosen = await trainingChoice(devices, options);
      return train({ ...options, ...chosen }, signal, progress, (...failure) => devices.failed(...failure));
    },
    evaluate: async ({ model, device, ...evaluation }, { signal, progress }) => {
      const { result, note } = await onDevice({ networks, devices }, model, device, (network) =>
        evaluate(network, evaluation, signal, progress),
      );
      if (note !== undefined) process.stderr.write(`${note}\n`);
      return result;
    },
  };
}
