import { evaluate } from '../../train/evaluate.ts';
import { train } from '../../train/train.ts';
import { type Networks, onDevice } from '../networks.ts';
import type { Handlers } from '../protocol.ts';

export function trainingHandlers({ networks }: { networks: Networks }): Pick<Handlers, 'train' | 'evaluate'> {
  return {
    train: (options, { signal, progress }) => train(options, signal, progress),
    evaluate: ({ model, device, ...evaluation }, { signal, progress }) =>
      onDevice(device, async () =>
        evaluate(await networks.load(model, device), evaluation, signal, progress),
      ),
  };
}
