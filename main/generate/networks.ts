/** The network that a recipe names. */
import { type Autoencoder, convolutionalAutoencoder } from '../../models/autoencoder.ts';
import { lessonConvolutional, lessonDense, lessonSuperResolution } from '../../models/lesson-autoencoders.ts';
import type { Recipe } from '../../preload/contract.ts';

export function networkOf({ network, size, channels }: Recipe): Autoencoder {
  switch (network) {
    case 'convolutional':
      return convolutionalAutoencoder({ size, channels });
    case 'lesson-convolutional':
      return lessonConvolutional;
    case 'lesson-super-resolution':
      return lessonSuperResolution;
    case 'lesson-dense':
      return lessonDense;
  }
}

/** A code that is a distribution has a mean and a log-variance; any other is just itself. */
export function isVariational({ kind }: Pick<Recipe, 'kind'>): boolean {
  return kind === 'vae' || kind === 'cvae';
}
