import { expect, it } from 'vitest';
import { portions } from '../../../renderer/restore/portions.ts';

it('begins with one alone, goes on with more, and leaves none out', () => {
  const files = Array.from({ length: 60 }, (_, i) => i);
  const parts = portions(files);
  expect(parts.map(({ length }) => length)).toEqual([1, 4, 16, 16, 16, 7]);
  expect(parts.flat()).toEqual(files);
  expect(portions([])).toEqual([]);
});
