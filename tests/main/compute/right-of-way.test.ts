import { expect, test } from 'vitest';
import { RightOfWay } from '../../../main/compute/right-of-way.ts';

/** Work in the test's hands. */
function held() {
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { work: () => done, finish };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('nothing waits when nothing goes first', async () => {
  await expect(new RightOfWay().free()).resolves.toBeUndefined();
});

test('waits for everything that goes first, also for what came later', async () => {
  const way = new RightOfWay();
  const order: string[] = [];
  const [one, two] = [held(), held()];
  void way.first(one.work).then(() => order.push('one'));
  const network = way.free().then(() => order.push('network'));
  void way.first(two.work).then(() => order.push('two'));
  one.finish();
  await settle();
  expect(order).toEqual(['one']);
  two.finish();
  await network;
  expect(order.sort()).toEqual(['network', 'one', 'two']);
});

test('work that fails gives way all the same', async () => {
  const way = new RightOfWay();
  const failing = way.first(() => Promise.reject(new Error('No such tile.')));
  const network = way.free();
  await expect(failing).rejects.toThrow('No such tile.');
  await expect(network).resolves.toBeUndefined();
});
