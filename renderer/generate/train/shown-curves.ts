/** Which parts of the loss are drawn. */
import type { GeneratorKind } from '../../../preload/contract.ts';

interface ShownCurve {
  /** As the log calls it. */
  readonly name: 'loss' | 'reconstruction' | 'kl' | 'discriminator' | 'deception';
  readonly digits: number;
}

export function shownCurves(kind: GeneratorKind): readonly ShownCurve[] {
  switch (kind) {
    case 'autoencoder':
      return [{ name: 'loss', digits: 4 }];
    case 'vae':
    case 'cvae':
      return [
        { name: 'reconstruction', digits: 4 },
        { name: 'kl', digits: 2 },
      ];
    case 'aae':
      return [
        { name: 'reconstruction', digits: 4 },
        { name: 'discriminator', digits: 3 },
        { name: 'deception', digits: 3 },
      ];
  }
}
