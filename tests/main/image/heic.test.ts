import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, pictureSize } from '../../../main/image/decode.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/heic/${name}`, import.meta.url));

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);

/** The samples in the middles of the four patches: red, blue, grey, yellow. */
function patchesOf({ data, width, channels }: Picture): number[][] {
  const middles = [
    [16, 12],
    [48, 12],
    [16, 36],
    [48, 36],
  ] as const;
  return middles.map(([x, y]) => {
    const first = (y * width + x) * channels;
    return [...data.subarray(first, first + channels)];
  });
}

/** Within one level: colours go through 8-bit YCbCr and back. */
function expectSame(found: readonly number[][], wanted: readonly number[][]): void {
  expect(found.map((patch) => patch.length)).toEqual(wanted.map((patch) => patch.length));
  for (const [i, value] of wanted.flat().entries())
    expect(Math.abs((found.flat()[i] ?? 0) - value)).toBeLessThanOrEqual(1);
}

const patches = [
  [200, 30, 60],
  [10, 120, 240],
  [128, 128, 128],
  [250, 220, 40],
];

describe('decode of HEIC', () => {
  it('gives the pixels of a file without loss', async () => {
    const picture = await decode(fixture('colours.heic'));
    expect(picture).toMatchObject({ width: 64, height: 48, channels: 3, depth: 8, format: 'heic' });
    expectSame(patchesOf(picture), patches);
    expect(await pictureSize(fixture('colours.heic'))).toEqual({ width: 64, height: 48 });
  });

  it('gives 16 bits for 10, to half a step of the ten', async () => {
    const picture = await decode(fixture('deep.heic'));
    expect(picture).toMatchObject({ channels: 3, depth: 16 });
    const [red] = patchesOf(picture);
    for (const [i, level] of [200, 30, 60].entries())
      expect(Math.abs((red?.[i] ?? 0) / 65_535 - (level / 255) * 0.987)).toBeLessThan(1 / 1023);
  });

  it('keeps alpha', async () => {
    const picture = await decode(fixture('alpha.heic'));
    expect(picture.channels).toBe(4);
    expectSame(
      patchesOf(picture),
      patches.map((patch, i) => [...patch, i === 0 ? 102 : 255]),
    );
    expect(patchesOf(picture).map(([, , , alpha]) => alpha)).toEqual([102, 255, 255, 255]);
  });

  it('gives profile, EXIF and XMP', async () => {
    const { metadata } = await decode(fixture('photo.heic'));
    expect(Buffer.from(metadata.icc ?? []).includes('acsp')).toBe(true);
    expect(Buffer.from(metadata.exif ?? []).toString('latin1', 0, 2)).toBe('II');
    expect(Buffer.from(metadata.exif ?? []).includes('Nobody')).toBe(true);
  });

  it('refuses a file that is cut', async () => {
    const whole = await readFile(fixture('colours.heic'));
    await writeFile(at('cut.heic'), whole.subarray(0, whole.length - 300));
    await expect(decode(at('cut.heic'))).rejects.toMatchObject({ code: 'damaged' });
  });

  it('knows it under any name', async () => {
    await copyFile(fixture('colours.heic'), at('phone.jpg'));
    expect((await decode(at('phone.jpg'))).format).toBe('heic');
  });
});
