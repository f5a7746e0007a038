import { expect, test } from 'vitest';
import { ResultStore } from '../../../main/compute/result-store.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { tiledInMemory } from '../../../main/image/tiled-picture.ts';

const picture = (bytes: number): Picture => ({
  width: bytes,
  height: 1,
  channels: 1,
  depth: 8,
  data: new Uint8Array(bytes),
  format: 'png',
  metadata: {},
});
const begun = (bytes: number) => ({
  picture: picture(bytes),
  grid: { right: [bytes], bottom: [1], done: [false] },
});
const key = (source: string) => ({ source, steps: [{ model: 'm', sigma: 1 }], sigma: 1 });
function finish(results: ResultStore, layer: string, source: string, bytes: number): void {
  const made = tiledInMemory(picture(bytes));
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
  results.grow('layer', { begun: begun(4) });
  expect(results.layer('layer')?.width).toBe(4);
  results.drop('layer');
  expect(results.layer('layer')).toBeUndefined();
});

test('two layers can show one result', () => {
  const results = new ResultStore();
  finish(results, 'first', 'a', 4);
  finish(results, 'second', 'a', 4);
  expect(results.layer('first')).toBe(results.layer('second'));
});

test('what was begun of a step is there until the step is finished', () => {
  const results = new ResultStore();
  const part = begun(4);
  results.begin(key('a'), part);
  expect(results.begun(key('a'))).toBe(part);
  finish(results, 'layer', 'a', 4);
  expect(results.begun(key('a'))).toBeUndefined();
});

test('what of a layer is looked at is forgotten with the layer', () => {
  const results = new ResultStore();
  const part = { x: 0.5, y: 0, width: 0.5, height: 1 };
  results.look('layer', part);
  expect(results.lookAt('layer')).toEqual(part);
  results.drop('layer');
  expect(results.lookAt('layer')).toBeUndefined();
});
