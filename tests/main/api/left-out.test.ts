import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Collections } from '../../../main/api/train-collections.ts';
import type { Finding } from '../../../preload/contract.ts';
import { hostOf } from '../compute/in-process.ts';
import { eventually } from '../eventually.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let home: TemporaryFolder;
beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

const duplicate: Finding[] = [{ kind: 'duplicate', reason: 'The very same file.' }];
const size = { width: 900, height: 600 };

/** A start of the program, whose scan finds these pictures, one of which is a copy. */
async function start(names: readonly string[], paths = ['/photos', '/more']) {
  const host = hostOf({
    scan: async (_, { progress }) => {
      progress({ kind: 'found', paths: names.map((name) => `/photos/${name}`) });
      const pictures = names.map((name) => ({ ...size, findings: name === 'copy.jpg' ? duplicate : [] }));
      progress({ kind: 'examined', pictures });
      return { groups: names.map((_, index) => index) };
    },
  });
  const collections = new Collections(host);
  const { id } = collections.open(paths, 'restore');
  await eventually(() => collections.list()[0]?.state === 'done');
  const leftOut = () => {
    const { items } = collections.items(id, 0, names.length);
    return items.filter((item) => item.leftOut).map(({ name }) => name);
  };
  return { collections, id, leftOut };
}

it('what was left out, and what was taken back, is so at the next start, whatever pictures came between', async () => {
  const first = await start(['a.jpg', 'copy.jpg', 'z.jpg']);
  expect(first.leftOut()).toEqual(['copy.jpg']);
  first.collections.leaveOut(first.id, { kind: 'duplicate' }, false);
  first.collections.leaveOut(first.id, { index: 2 }, true);
  expect(first.leftOut()).toEqual(['z.jpg']);

  await eventually(async () => {
    const second = await start(['a.jpg', 'b.jpg', 'copy.jpg', 'z.jpg'], ['/more', '/photos']);
    return second.leftOut().join() === 'z.jpg';
  });
});

it('says nothing of another collection', async () => {
  const first = await start(['a.jpg']);
  first.collections.leaveOut(first.id, { index: 0 }, true);
  await eventually(async () => (await start(['a.jpg'])).leftOut().length === 1);
  expect((await start(['a.jpg'], ['/photos'])).leftOut()).toEqual([]);
});
