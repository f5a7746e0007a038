import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decode, decodeTiled } from '../../../main/image/decode.ts';
import { savePicture, saveTiled } from '../../../main/image/encode.ts';
import { Scratch } from '../../../main/image/scratch.ts';
import { partOf } from '../../../main/image/tiled-picture.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { randomPicture, raw, written } from './samples.ts';

let folder: TemporaryFolder;
let scratch: Scratch;
beforeEach(async () => {
  folder = await temporaryFolder();
  // Every picture counts as large.
  scratch = await Scratch.open(at('scratch'), 0);
});
afterEach(async () => {
  scratch.close();
  await folder.remove();
});
const at = (name: string) => join(folder.path, name);
const shapes = ([1, 2, 3, 4] as const).flatMap((channels) =>
  ([8, 16] as const).map((depth) => [channels, depth] as const),
);

describe('a picture in a file', () => {
  it.each(shapes)('holds %i channels of %i bits, read and written by areas', (channels, depth) => {
    const picture = randomPicture(23, 17, channels, depth);
    const held = scratch.hold(picture);
    expect(held.file).toBeDefined();
    expect(held.whole()).toEqual(picture);
    const area = { left: 5, top: 3, width: 9, height: 4 };
    const other = randomPicture(9, 4, channels, depth, 2);
    held.write(area, other.data);
    expect(partOf(held, area).data).toEqual(other.data);
    const row = { left: 0, top: 7, width: 23, height: 1 };
    expect(held.read(row)).toEqual(picture.data.slice(7 * 23 * channels, 8 * 23 * channels));
  });

  it('is black to begin with, and lies in memory while it is small', async () => {
    const { data: _, ...shape } = randomPicture(4, 4, 3, 16);
    expect(new Set(scratch.blank(shape).whole().data)).toEqual(new Set([0]));
    const roomy = await Scratch.open(at('scratch'), 4 * 4 * 6);
    expect(roomy.blank(shape).file).toBeUndefined();
    expect(roomy.blank({ ...shape, width: 5 }).file).toBeDefined();
    roomy.close();
  });

  it.each(shapes)(
    'comes from a file with the same samples as in memory: %i channels of %i bits',
    async (channels, depth) => {
      for (const format of ['png', 'tiff'] as const) {
        const path = await written(
          raw(randomPicture(40, 30, channels, depth))[format](),
          at(`photo.${format}`),
        );
        const tiled = await decodeTiled(path, scratch);
        expect(tiled.file).toBeDefined();
        expect(tiled.whole()).toEqual(await decode(path));
      }
    },
  );

  it.each([
    ['jpeg', 3, 8],
    ['jpeg', 4, 16],
    ['png', 4, 16],
    ['png', 2, 8],
    ['tiff', 3, 16],
    ['tiff', 1, 8],
    ['webp', 3, 8],
  ] as const)(
    'is written as the same bytes as from memory: %s, %i channels of %i bits',
    async (format, channels, depth) => {
      const exif = Buffer.from('49492a00080000000000', 'hex');
      const picture = {
        ...randomPicture(40, 30, channels, depth),
        metadata: { exif, icc: new Uint8Array(200).fill(7) },
      };
      const options = { format, quality: 90, stripMetadata: false };
      const [own, large] = [
        await savePicture(picture, [at('memory')], options),
        await saveTiled(scratch.hold(picture), [at('file')], options, scratch),
      ];
      expect(Buffer.compare(await readFile(own), await readFile(large))).toBe(0);
    },
  );

  it('leaves nothing behind', async () => {
    scratch.hold(randomPicture(4, 4, 3, 8));
    expect(await readdir(at('scratch'))).toHaveLength(1);
    scratch.close();
    expect(await readdir(at('scratch'))).toEqual([]);
  });

  it('is refused as damaged when the source is, as in memory', async () => {
    const png = await raw(randomPicture(200, 200, 3, 8))
      .png()
      .toBuffer();
    await writeFile(at('cut.png'), png.subarray(0, png.length / 2));
    await expect(decodeTiled(at('cut.png'), scratch)).rejects.toMatchObject({ code: 'damaged' });
  });
});
