import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, pictureSize } from '../../../main/image/decode.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { isRaw } from '../../../main/image/raw-file.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { dng, type Shot } from './dng.ts';
import { randomPicture, raw, written } from './samples.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);

type Triple = readonly [number, number, number];

/** Linear sRGB to linear Display P3 (SMPTE EG 432-1 primaries, D65), from the published matrices. */
const toP3: readonly Triple[] = [
  [0.8224621, 0.177538, 0.0],
  [0.0331941, 0.9668058, 0.0],
  [0.0170827, 0.0723974, 0.9105199],
];

/** What 16-bit Display P3 samples of the light should be. */
function expected(light: Triple): number[] {
  return toP3.map((row) => {
    const linear = row.reduce((sum, weight, i) => sum + weight * (light[i] ?? 0), 0);
    const curved = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
    return curved * 65_535;
  });
}

/** Four patches: dim green-grey, white grey, a saturated red and a deep blue. */
const patches: readonly Triple[] = [
  [0.2, 0.4, 0.1],
  [0.5, 0.5, 0.5],
  [0.7, 0.05, 0.03],
  [0.02, 0.06, 0.35],
];
const shot: Shot = {
  width: 96,
  height: 64,
  light: (x, y) => patches[(x < 48 ? 0 : 1) + (y < 32 ? 0 : 2)] ?? [0, 0, 0],
};

function sampleAt({ data, width, channels }: Picture, x: number, y: number): number[] {
  const first = (y * width + x) * channels;
  return [...data.subarray(first, first + 3)];
}

function expectWithinOnePercent(samples: number[], light: Triple): void {
  for (const [i, value] of expected(light).entries())
    expect(Math.abs((samples[i] ?? 0) - value)).toBeLessThan(0.01 * 65_535);
}

describe('decode of camera RAW', () => {
  it('gives known light within 1 %, white-balanced by the camera, as 16-bit Display P3', async () => {
    await writeFile(at('shot.dng'), dng({ ...shot, neutral: [0.5, 1, 0.7] }));
    const picture = await decode(at('shot.dng'));
    expect(picture).toMatchObject({ width: 96, height: 64, channels: 3, depth: 16, format: 'raw' });
    const centres: readonly (readonly [number, number])[] = [
      [24, 16],
      [72, 16],
      [24, 48],
      [72, 48],
    ];
    for (const [i, [x, y]] of centres.entries())
      expectWithinOnePercent(sampleAt(picture, x, y), patches[i] ?? [0, 0, 0]);
    expect(Buffer.from(picture.metadata.icc ?? []).toString('latin1')).toContain('acsp');
    expect(picture.note).toBe(
      "shot.dng was developed with the camera's white balance, at the exposure as shot. Copies are saved as TIFF unless another format is chosen.",
    );
  });

  it('turns it upright', async () => {
    // Orientation 6: turn by 90 degrees clockwise, so that the stored bottom left comes to the top left.
    await writeFile(at('turned.dng'), dng({ ...shot, orientation: 6 }));
    const picture = await decode(at('turned.dng'));
    expect(picture).toMatchObject({ width: 64, height: 96 });
    expectWithinOnePercent(sampleAt(picture, 16, 24), patches[2] ?? [0, 0, 0]);
    expectWithinOnePercent(sampleAt(picture, 48, 24), patches[0] ?? [0, 0, 0]);
    expect(await pictureSize(at('turned.dng'))).toEqual({ width: 64, height: 96 });
  });

  it('keeps what the camera wrote about the photograph, but no maker note', async () => {
    await writeFile(at('about.dng'), dng(shot));
    const exif = Buffer.from((await decode(at('about.dng'))).metadata.exif ?? []);
    for (const text of ['Relume', 'Test', 'Nobody']) expect(exif.includes(text)).toBe(true);
    expect(exif.includes(Buffer.from([1, 2, 3, 4, 5, 6]))).toBe(false);
    // An exposure of 8000 / 1,000,000 s.
    const exposure = Buffer.alloc(8);
    exposure.writeUInt32LE(8000);
    exposure.writeUInt32LE(1_000_000, 4);
    expect(exif.includes(exposure)).toBe(true);
  });

  it('refuses a file that is cut, saying where it ends', async () => {
    const whole = dng(shot);
    await writeFile(at('cut.dng'), whole.subarray(0, whole.length - 4000));
    await expect(decode(at('cut.dng'))).rejects.toMatchObject({
      code: 'damaged',
      message: 'cut.dng is damaged: the file ends before the picture does.',
    });
  });

  it('refuses more pixels than the developer has memory for, before it begins', async () => {
    await writeFile(at('huge.dng'), dng({ ...shot, claimed: { width: 12_000, height: 12_000 } }));
    await expect(decode(at('huge.dng'))).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/^huge\.dng has 144 megapixels; RAW of up to \d+ can be developed/),
    });
  });

  it('refuses what only its name makes RAW', async () => {
    await writeFile(at('letter.nef'), 'Dear reader, '.repeat(200));
    await expect(decode(at('letter.nef'))).rejects.toMatchObject({
      code: 'damaged',
      message: 'letter.nef is damaged, or RAW of a camera that Relume does not know.',
    });
  });
});

describe('isRaw', () => {
  it('goes by what is inside where that is clear', async () => {
    await writeFile(at('renamed.tif'), dng(shot));
    expect(isRaw(at('renamed.tif'))).toBe(true);
    const picture = raw(randomPicture(8, 8, 3, 8));
    expect(isRaw(await written(picture.clone().tiff(), at('plain.tif')))).toBe(false);
    expect(isRaw(await written(picture.clone().jpeg(), at('camera.nef')))).toBe(false);
  });

  it.each([
    ['CR2', 'II*\0\x10\0\0\0CR\x02\0'],
    ['CR3', '\0\0\0\x18ftypcrx \0\0\0\x01'],
    ['RAF', 'FUJIFILMCCD-RAW 0201'],
    ['ORF', 'IIRO\x08\0\0\0'],
    ['RW2', 'IIU\0\x18\0\0\0'],
  ])('knows %s by its first bytes', async (kind, head) => {
    await writeFile(at(`${kind}.bin`), Buffer.from(head, 'latin1'));
    expect(isRaw(at(`${kind}.bin`))).toBe(true);
  });

  it.each(['a.NEF', 'a.arw', 'a.Dng'])(
    'takes %s by its name where nothing speaks against it',
    async (name) => {
      await writeFile(at(name), 'MM\0*\0\0\0\x08\0\0');
      expect(isRaw(at(name))).toBe(true);
    },
  );
});
