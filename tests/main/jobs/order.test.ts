import { expect, test } from 'vitest';
import { nextJob } from '../../../main/jobs/order.ts';

const save = (picture: string) => ({ kind: 'save' as const, picture });
const preview = (picture: string) => ({ kind: 'preview' as const, picture });

test('the newest preview of the current picture comes first', () => {
  const newest = preview('a');
  expect(nextJob([save('b'), preview('a'), preview('b'), newest], 'a')).toBe(newest);
});

test('saves come in the order they were asked for', () => {
  const first = save('c');
  expect(nextJob([preview('b'), first, save('d')], 'a')).toBe(first);
});

test('previews of pictures that were left come last, the newest first', () => {
  const newest = preview('c');
  expect(nextJob([preview('b'), newest], 'a')).toBe(newest);
});

test('there is none when nothing waits', () => {
  expect(nextJob([], 'a')).toBeUndefined();
});
