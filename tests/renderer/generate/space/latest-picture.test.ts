import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LatestPicture } from '../../../../renderer/generate/space/latest-picture.ts';

/** Images on their way, in the order in which they were asked for. */
let coming: { src: string; come: () => void; fail: () => void }[];
let shown: string[];
let failures: number;
let latest: LatestPicture;

beforeEach(() => {
  coming = [];
  shown = [];
  failures = 0;
  class FakeImage {
    src = '';
    decode(): Promise<void> {
      return new Promise((come, fail) => coming.push({ src: this.src, come, fail }));
    }
  }
  vi.stubGlobal('Image', FakeImage);
  latest = new LatestPicture({ show: ({ src }) => shown.push(src), fail: () => (failures += 1) });
});
afterEach(() => vi.unstubAllGlobals());

const soon = () => new Promise((resolve) => setTimeout(resolve));

it('asks for two at once, and then for what is wanted by that time', async () => {
  for (const src of ['a', 'b', 'c', 'd']) latest.want(src);
  expect(coming.map(({ src }) => src)).toEqual(['a', 'b']);
  coming[0]?.come();
  await soon();
  expect(coming.map(({ src }) => src)).toEqual(['a', 'b', 'd']);
  coming[1]?.come();
  coming[2]?.come();
  await soon();
  expect(shown).toEqual(['a', 'b', 'd']);
});

it('never shows a picture after a later one', async () => {
  for (const src of ['a', 'b']) latest.want(src);
  coming[1]?.come();
  await soon();
  coming[0]?.come();
  await soon();
  expect(shown).toEqual(['b']);
});

it('tells of a picture that cannot be had, unless a later one is wanted already', async () => {
  latest.want('a');
  coming[0]?.fail();
  await soon();
  expect(failures).toBe(1);
  for (const src of ['b', 'c', 'd']) latest.want(src);
  coming[1]?.fail();
  await soon();
  expect(failures).toBe(1);
  expect(coming.map(({ src }) => src)).toEqual(['a', 'b', 'c', 'd']);
});
