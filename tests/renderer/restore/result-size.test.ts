import { expect, it } from 'vitest';
import { resultSize } from '../../../renderer/restore/result-size.ts';

const models = [
  { id: 'clean', scale: 1 },
  { id: 'twice', scale: 2 },
  { id: 'thrice', scale: 3 },
];
const photo = { width: 300, height: 200 };

it('grows with every model that enlarges', () => {
  const size = (...chain: string[]) =>
    resultSize(
      photo,
      chain.map((model) => ({ model })),
      models,
    );
  expect(size('clean')).toEqual(photo);
  expect(size('clean', 'twice')).toEqual({ width: 600, height: 400 });
  expect(size('twice', 'thrice')).toEqual({ width: 1800, height: 1200 });
});

it('is the picture’s own for a model that is not known', () => {
  expect(resultSize(photo, [{ model: 'gone' }], models)).toEqual(photo);
});
