import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../../../main/image/decode.ts';
import { toEightBit } from '../../../main/image/depth.ts';
import { survey } from '../../../main/image/survey.ts';
import { thumbnail } from '../../../main/image/thumbnail.ts';
import { partOf, tiledInMemory } from '../../../main/image/tiled-picture.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { dng } from './dng.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const heic = (name: string) => new URL(`../../fixtures/heic/${name}`, import.meta.url).pathname;

describe('survey of what cannot be read in part', () => {
  it('looks at camera RAW as it is developed, not at what lies beside the sensor data', async () => {
    const path = join(folder.path, 'shot.dng');
    await writeFile(path, dng({ width: 900, height: 40, light: (x) => [x / 900, 0.2, 0.1] }));
    const { width, height, part, small, sha256 } = await survey(path);
    expect([width, height, small.length, sha256.length]).toEqual([900, 40, 32 * 32, 64]);
    const whole = tiledInMemory(toEightBit(await decode(path)));
    expect(part.data).toEqual(partOf(whole, { left: 66, top: 0, width: 768, height: 40 }).data);
  });

  it.each(['photo.heic', 'alpha.heic', 'deep.heic'])(
    'looks at %s as it is decoded, without alpha',
    async (name) => {
      const { width, height, part, small } = await survey(heic(name));
      const picture = toEightBit(await decode(heic(name)));
      expect([width, height]).toEqual([picture.width, picture.height]);
      expect([part.channels, part.depth, small.length]).toEqual([3, 8, 32 * 32]);
      expect([...part.data.subarray(0, 3)]).toEqual([...picture.data.subarray(0, 3)]);
    },
  );

  it('shows a thumbnail of it', async () => {
    const { width, height, channels } = await sharp(await thumbnail(heic('photo.heic'), 16)).metadata();
    expect([Math.max(width, height), channels]).toEqual([16, 3]);
  });
});
