/** A finished generator: its card, its networks, and what it keeps of its collection. */
import { RelumeError } from '../library/failure.ts';
import type { GeneratorCard } from './card.ts';
import type { Coder } from './coder.ts';
import { type Matrix, matrixOf, rowOf } from './matrix.ts';
import { type Novelty, NoveltyMeter } from './novelty.ts';
import type { PictureSet } from './pictures.ts';
import { fittedPrior, type Prior, standardPrior } from './prior.ts';
import { comparable } from './thumbnails.ts';
import type { TrainingCodes } from './training-codes.ts';

export class Generator {
  readonly card: GeneratorCard;
  readonly coder: Coder;
  readonly training: TrainingCodes;
  /** Where new codes come from. */
  readonly prior: Prior;
  #novelty: NoveltyMeter | undefined;

  constructor(card: GeneratorCard, coder: Coder, training: TrainingCodes) {
    this.card = card;
    this.coder = coder;
    this.training = training;
    const { kind, latent } = card.recipe;
    this.prior = kind === 'autoencoder' ? fittedPrior(training.codes) : standardPrior(latent);
  }

  /** The class of that name. @throws {RelumeError} 'no-such-class' */
  labelOf(name: string): number {
    const { classes } = this.card.recipe;
    const label = classes.indexOf(name);
    if (label >= 0) return label;
    const known = classes.length > 0 ? `there are: ${classes.join(', ')}` : 'it was trained without classes';
    const message = `${this.card.name} knows no class "${name}"; ${known}.`;
    throw new RelumeError({ code: 'no-such-class', message });
  }

  /** How near each picture is to the collection. @param pictures [N, values of a picture], 0..1 */
  novelty(pictures: Matrix): Novelty[] {
    this.#novelty ??= new NoveltyMeter(comparable(this.training.thumbnails), this.training.heldOutNovelties);
    const small = comparable(this.toPictures(pictures));
    const meter = this.#novelty;
    return Array.from({ length: small.rows }, (_, row) => meter.measure(rowOf(small, row)));
  }

  /** Rounded to 8 bits. */
  toPictures({ rows, values }: Matrix): PictureSet {
    const { size, channels } = this.card.recipe;
    const bytes = Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
    return { size, channels, count: rows, values: bytes, names: [] };
  }

  /** Codes of the collection's pictures at these places. */
  codesAt(places: readonly number[]): Matrix {
    return matrixOf(places.map((place) => rowOf(this.training.codes, place)));
  }

  dispose(): Promise<void> {
    return this.coder.dispose();
  }
}
