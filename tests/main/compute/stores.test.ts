import { expect, test } from 'vitest';
import { ResultStore } from '../../../main/compute/result-store.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { pyramidOf } from '../../../main/image/pyramid.ts';

const picture = (bytes: number): Picture => ({
  width: bytes,
  height: 1,
  channels: 1,
  depth: 8,
  data: new Uint8Array(bytes),
  format: 'png',
  metadata: {},
});
const key = (source: string) => ({ source, steps: [{ model: 'm', sigma: 1 }], sigma: 1 });
function finish(results: ResultStore, layer: string, source: string, bytes: number): void {
  const made = picture(bytes);
  results.keep(key(source), { picture: made, cleaned: made, device: 'CPU' });
  results.show(layer, key(source));
}

test('results make room by their bytes, the oldest first', () => {
  const results = new ResultStore(100);
  finish(results, 'first', 'a', 60);
  finish(results, 'second', 'b', 60);
  expect(results.layer('first')).toBeUndefined();
  expect(results.layer('second')?.width).toBe(60);
});

test('one picture that is larger than the room is kept alone', () => {
  const results = new ResultStore(100);
  finish(results, 'first', 'a', 60);
  finish(results, 'huge', 'b', 1000);
  expect(results.layer('first')).toBeUndefined();
  expect(results.layer('huge')?.width).toBe(1000);
});

test('a growing picture is shown, and gone when it is given up', () => {
  const results = new ResultStore();
  results.grow('layer', picture(4));
  expect(results.layer('layer')?.width).toBe(4);
  results.drop('layer');
  expect(results.layer('layer')).toBeUndefined();
});

test('what the screen was given of a growing picture is made anew where it has changed', () => {
  const results = new ResultStore();
  const growing = { ...picture(2000 * 2000), width: 2000, height: 2000 };
  results.grow('layer', growing);
  const before = pyramidOf(growing).tile(1, 0, 0);
  growing.data.fill(7);
  results.changed('layer', 1500);
  expect(pyramidOf(growing).tile(1, 0, 0)).toBe(before);
  results.changed('layer', 0);
  expect(pyramidOf(growing).tile(1, 0, 0).data[0]).toBe(7);
});

test('two layers can show one result', () => {
  const results = new ResultStore();
  finish(results, 'first', 'a', 4);
  finish(results, 'second', 'a', 4);
  expect(results.layer('first')).toBe(results.layer('second'));
});
