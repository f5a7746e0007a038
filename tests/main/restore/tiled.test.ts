import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Scratch } from '../../../main/image/scratch.ts';
import { blankInMemory, tiledInMemory } from '../../../main/image/tiled-picture.ts';
import { applyNetwork, restoreTiles } from '../../../main/restore/apply-network.ts';
import { enlargedShape } from '../../../main/restore/enlarged-shape.ts';
import { finish } from '../../../main/restore/finish.ts';
import { randomPicture } from '../image/samples.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { boxBlur, fakeNetwork, nearest } from './fake-networks.ts';

let folder: TemporaryFolder;
let scratch: Scratch;
beforeEach(async () => {
  folder = await temporaryFolder();
  // Every picture counts as large.
  scratch = await Scratch.open(join(folder.path, 'scratch'), 0);
});
afterEach(async () => {
  scratch.close();
  await folder.remove();
});

describe('pictures in files are restored as in memory', () => {
  it.each([3, 4] as const)('by tiles, %i channels', async (channels) => {
    const picture = randomPicture(150, 101, channels, 16);
    const twice = { ...fakeNetwork(nearest(2), 8), scale: 2 };
    for (const network of [fakeNetwork(boxBlur(8)), twice]) {
      const work = { sigma: 10, tiles: { side: 64, overlap: 8 } };
      const into = scratch.blank(enlargedShape(picture, network.scale));
      await restoreTiles(scratch.hold(picture), network, into, work);
      expect(into.whole()).toEqual(await applyNetwork(picture, network, work));
    }
  });

  it.each([
    [{ luminance: 60, colour: 90, detail: 40 }, {}],
    [{ luminance: 100, colour: 50, detail: 0 }, { width: 401 }],
    [{ luminance: 100, colour: 100, detail: 0 }, { height: 90 }],
  ])('by blending and resizing: %o %o', (parts, target) => {
    const [source, cleaned] = [randomPicture(150, 301, 3, 8), randomPicture(150, 301, 3, 8, 2)];
    const enlarged = randomPicture(300, 602, 3, 8, 3);
    const kept = { strength: 80, parts };
    const inMemory = { cleaned: tiledInMemory(cleaned), picture: tiledInMemory(enlarged) };
    const inFiles = { cleaned: scratch.hold(cleaned), picture: scratch.hold(enlarged) };
    const expected = finish(tiledInMemory(source), inMemory, kept, target, blankInMemory).whole();
    expect(finish(scratch.hold(source), inFiles, kept, target, scratch.blank).whole()).toEqual(expected);
  });
});
