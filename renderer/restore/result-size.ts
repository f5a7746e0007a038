import type { ModelCard, Restoration } from '../../preload/contract.ts';
import type { Size } from './viewer/view-geometry.ts';

/** Size of what a chain of models makes of a picture. */
export function resultSize(
  { width, height }: Size,
  chain: Restoration['chain'],
  models: readonly Pick<ModelCard, 'id' | 'scale'>[],
): Size {
  const scale = chain.reduce(
    (product, step) => product * (models.find(({ id }) => id === step.model)?.scale ?? 1),
    1,
  );
  return { width: width * scale, height: height * scale };
}
