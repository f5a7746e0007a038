/** The maps of a collection for the window, each made once for as long as its generator stays. */
import type { MapLayout, RequestOutput } from '../../preload/contract.ts';
import type { Generator } from './generator.ts';
import { classNames } from './learnt.ts';
import { type CollectionMap, refuseLayout } from './map.ts';
import type { MapScores } from './map-scores.ts';
import type { TrainingCodes } from './training-codes.ts';

/** Where maps are made: in a thread of their own, or by the caller. */
export interface MapMaker {
  map(training: TrainingCodes, layout: MapLayout): Promise<CollectionMap>;
  scores(training: TrainingCodes): Promise<MapScores>;
}

export class SpaceMaps {
  readonly #maker: MapMaker;
  readonly #maps = new WeakMap<TrainingCodes, Map<MapLayout, Promise<CollectionMap>>>();
  readonly #scores = new WeakMap<TrainingCodes, Promise<MapScores>>();

  constructor(maker: MapMaker) {
    this.#maker = maker;
  }

  /** @throws {RelumeError} 'no-such-layout' when a space of more than two dimensions is to be drawn as it is */
  async map(generator: Generator, layout: MapLayout): Promise<RequestOutput<'space.map'>> {
    const { training } = generator;
    refuseLayout(training, layout);
    const { points, agreement } = await this.#made(training, layout);
    const { labels } = training.thumbnails;
    return {
      points: Array.from(points.values, rounded),
      classes: [...classNames(generator)],
      ...(labels && { labels: [...labels] }),
      ...(agreement !== undefined && { agreement }),
    };
  }

  scores({ training }: Generator): Promise<MapScores> {
    const known = this.#scores.get(training) ?? this.#maker.scores(training);
    this.#scores.set(training, known);
    known.catch(() => this.#scores.delete(training));
    return known;
  }

  #made(training: TrainingCodes, layout: MapLayout): Promise<CollectionMap> {
    const maps = this.#maps.get(training) ?? new Map<MapLayout, Promise<CollectionMap>>();
    this.#maps.set(training, maps);
    const known = maps.get(layout) ?? this.#maker.map(training, layout);
    maps.set(layout, known);
    // Another time it may succeed.
    known.catch(() => maps.delete(layout));
    return known;
  }
}

/** Digits that no screen can show only make the message longer. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
