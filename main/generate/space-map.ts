/** The map of a collection for the window, made once for as long as its generator stays. */
import type { MapLayout, RequestOutput } from '../../preload/contract.ts';
import type { Generator } from './generator.ts';
import { classNames } from './learnt.ts';
import { type CollectionMap, collectionMap } from './map.ts';

const made = new WeakMap<Generator, Map<MapLayout, CollectionMap>>();

/** @throws {RelumeError} 'no-such-layout' */
export async function spaceMap(
  generator: Generator,
  layout: MapLayout,
  signal: AbortSignal,
): Promise<RequestOutput<'space.map'>> {
  const maps = made.get(generator) ?? new Map<MapLayout, CollectionMap>();
  made.set(generator, maps);
  const map = maps.get(layout) ?? (await collectionMap(generator, layout, signal));
  maps.set(layout, map);
  const { labels } = generator.training.thumbnails;
  return {
    points: Array.from(map.points.values, rounded),
    classes: [...classNames(generator)],
    ...(labels && { labels: [...labels] }),
    ...(map.agreement !== undefined && { agreement: map.agreement }),
  };
}

/** Digits that no screen can show only make the message longer. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
