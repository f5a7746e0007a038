import { expect, it } from 'vitest';
import {
  coarseToFine,
  nearestLoaded,
  spread,
} from '../../../../renderer/generate/space/interpolate/frame-order.ts';

it('loads the first and last frame, then ever finer between them, each once', () => {
  expect(coarseToFine(9)).toEqual([0, 8, 4, 2, 6, 1, 3, 5, 7]);
  expect([...coarseToFine(60)].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  expect(coarseToFine(2)).toEqual([0, 1]);
});

it('stands in for a frame with the nearest that is there', () => {
  const frames = ['a', undefined, undefined, undefined, 'e'];
  expect([0, 1, 3].map((place) => nearestLoaded(frames, place))).toEqual(['a', 'a', 'e']);
  expect(nearestLoaded([undefined, undefined], 1)).toBeUndefined();
});

it('spreads a few frames along a film, from its first to its last', () => {
  expect(spread(60, 5)).toEqual([0, 15, 30, 44, 59]);
  expect(spread(3, 5)).toEqual([0, 1, 2]);
});
