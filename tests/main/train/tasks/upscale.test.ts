import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../main/image/decode.ts';
import { fromRgb, toRgb } from '../../../../main/image/planes.ts';
import { toPhoto } from '../../../../main/train/photos.ts';
import { bicubicTrial } from '../../../../main/train/tasks/upscale.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../../../shared-pictures.ts';

const read = async (path: string) => {
  const { rgb, width, height } = toPhoto(await decode(path));
  return fromRgb(rgb, width, height);
};

describe.skipIf(sharedPicturesMissing)(`bicubic reduction${needsSharedPictures}`, () => {
  it.each([2, 3, 4])('by %i gives the pixels that published figures rest on', async (scale) => {
    const folder = join(sharedPictures, 'test/set5');
    for (const name of readdirSync(join(folder, `hr${scale}`))) {
      const { seen } = bicubicTrial(await read(join(folder, `hr${scale}`, name)), scale);
      const expected = toRgb(await read(join(folder, `lr${scale}`, name)));
      const difference = toRgb(seen).map((value, i) => Math.abs(value - (expected[i] ?? 0)));
      expect(difference.reduce((most, value) => Math.max(most, value), 0)).toBeLessThanOrEqual(1);
      expect(difference.reduce((sum, value) => sum + value, 0) / difference.length).toBeLessThan(0.001);
    }
  });
});
