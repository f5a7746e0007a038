import { expect, it } from 'vitest';
import { portionSize } from '../../../renderer/restore/portion-size.ts';

it('the first is opened alone, then more and more while that is quick', () => {
  const sizes = [portionSize()];
  for (let i = 0; i < 4; i++) sizes.push(portionSize({ count: sizes.at(-1) ?? 0, ms: 5 }));
  expect(sizes).toEqual([1, 4, 16, 32, 32]);
});

it('large photos are opened one by one, and portions shrink when they take long', () => {
  expect(portionSize({ count: 1, ms: 900 })).toBe(1);
  expect(portionSize({ count: 16, ms: 1000 })).toBe(4);
  expect(portionSize({ count: 4, ms: 0 })).toBe(16);
});
