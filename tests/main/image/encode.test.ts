import { execFileSync, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../../main/image/decode.ts';
import { encode, refuseUnfit, savePicture } from '../../../main/image/encode.ts';
import { uprightExif } from '../../../main/image/exif.ts';
import { psnr } from '../../../main/image/metrics.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { outputFormats } from '../../../preload/contract.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { randomPicture, raw, written } from './samples.ts';

const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><note tiff:Orientation="6">étoile</note></x:xmpmeta>';
const options = { quality: 90, stripMetadata: false } as const;
const withExiftool = spawnSync('exiftool', ['-ver']).status === 0;

let folder: TemporaryFolder;
/** As a camera would leave it: lying on its side, in a wide colour space, with EXIF and XMP. */
let photo: Picture;

beforeAll(async () => {
  folder = await temporaryFolder();
  const stored = sharp(smooth(40, 30).data, { raw: { width: 40, height: 30, channels: 3 } });
  const camera = { IFD0: { Make: 'Relume', Copyright: 'Nobody' }, IFD2: { ExposureTime: '1/125' } };
  const jpeg = stored
    .withIccProfile('p3')
    .withExif({ ...camera, IFD3: { GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .withXmp(xmp)
    .jpeg();
  photo = await decode(await written(jpeg, at('photo.jpg')));
});
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);

/** A picture that lossy formats keep nearly as it is. */
function smooth(width: number, height: number): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return 60 + 2 * x + 3 * y + 20 * (i % 3);
  });
  return { width, height, channels: 3, depth: 8, data, format: 'png', metadata: {} };
}

describe('savePicture keeps samples exactly', () => {
  for (const depth of [8, 16] as const)
    for (const channels of [1, 2, 3, 4] as const)
      for (const format of ['png', 'tiff'] as const)
        it(`in ${format}, ${channels} channels of ${depth} bits`, async () => {
          const picture = randomPicture(33, 21, channels, depth);
          const path = at(`exact-${channels}-${depth}.${format}`);
          const again = await decode(await savePicture(picture, [path], { ...options, format }));
          expect(again).toMatchObject({ width: 33, height: 21, channels, depth, format });
          expect([...again.data]).toEqual([...picture.data]);
        });
});

describe('savePicture', () => {
  it.each(outputFormats)(
    'writes %s with the profile byte for byte, EXIF and XMP, upright',
    async (format) => {
      expect(photo.metadata.icc?.length).toBeGreaterThan(100);
      const again = await decode(await savePicture(photo, [at(`meta.${format}`)], { ...options, format }));
      expect(again).toMatchObject({ width: 30, height: 40, format, channels: 3 });
      expect(psnr(again.data, photo.data, 255)).toBeGreaterThan(35);
      expect(Buffer.from(again.metadata.icc ?? [])).toEqual(Buffer.from(photo.metadata.icc ?? []));
      expect(Buffer.from(again.metadata.xmp ?? []).toString()).toBe(xmp.replace('="6"', '="1"'));
      const text = Buffer.from(again.metadata.exif ?? []).toString('latin1');
      expect(text).toContain('Relume');
      expect(text).toContain('Nobody');
      const facts = await sharp(at(`meta.${format}`)).metadata();
      expect(facts.orientation ?? 1).toBe(1);
    },
  );

  it.each(['jpeg', 'png', 'webp'] as const)(
    'leaves the EXIF of %s as the camera wrote it',
    async (format) => {
      const exif = photo.metadata.exif ?? new Uint8Array();
      const again = await decode(await savePicture(photo, [at(`same.${format}`)], { ...options, format }));
      expect(Buffer.from(again.metadata.exif ?? [])).toEqual(Buffer.from(uprightExif(exif, 30, 40)));
    },
  );

  it.each(outputFormats)('strips EXIF and XMP from %s, but not the profile', async (format) => {
    const path = at(`stripped.${format}`);
    await savePicture(photo, [path], { format, quality: 90, stripMetadata: true });
    const { metadata } = await decode(path);
    expect(Buffer.from(metadata.icc ?? [])).toEqual(Buffer.from(photo.metadata.icc ?? []));
    expect(metadata.xmp).toBeUndefined();
    const bytes = (await readFile(path)).toString('latin1');
    expect(bytes).not.toContain('Relume');
    expect(bytes).not.toContain('xmpmeta');
  });

  it.skipIf(!withExiftool).each(outputFormats)(
    'writes %s that exiftool reads without complaint',
    async (format) => {
      const path = await savePicture(photo, [at(`tool.${format}`)], { ...options, format });
      const tags = [
        '-Make',
        '-Copyright',
        '-ExposureTime',
        '-GPSLatitudeRef',
        '-Orientation',
        '-Note',
        '-validate',
      ];
      const out = execFileSync('exiftool', ['-json', '-n', '-G0', ...tags, path]).toString();
      const [facts] = JSON.parse(out);
      expect(facts).toMatchObject({
        'EXIF:Make': 'Relume',
        'EXIF:Copyright': 'Nobody',
        'EXIF:ExposureTime': 0.008,
        'EXIF:GPSLatitudeRef': 'N',
        'EXIF:Orientation': 1,
      });
    },
  );

  it('carries a profile that takes several JPEG segments', async () => {
    const icc = (
      await sharp(await written(raw(smooth(8, 8)).withIccProfile('p3').png(), at('p3.png'))).metadata()
    ).icc;
    // A private tag of random bytes at the end makes the profile long; its header says how long.
    const long = Buffer.concat([icc ?? Buffer.alloc(0), Buffer.from(randomPicture(300, 300, 2, 8).data)]);
    long.writeUInt32BE(long.length, 0);
    const picture = { ...smooth(8, 8), metadata: { icc: long } };
    const again = await decode(await savePicture(picture, [at('long.jpg')], { ...options, format: 'jpeg' }));
    expect(Buffer.from(again.metadata.icc ?? []).equals(long)).toBe(true);
  });

  it('carries EXIF from a TIFF to a JPEG and back', async () => {
    const tiff = await savePicture(photo, [at('from.tif')], { ...options, format: 'tiff' });
    const jpeg = await savePicture(await decode(tiff), [at('over.jpg')], { ...options, format: 'jpeg' });
    const text = Buffer.from((await decode(jpeg)).metadata.exif ?? []).toString('latin1');
    expect(text).toContain('Nobody');
  });

  it('keeps 10 bits in AVIF of a 16-bit picture', async () => {
    const deep = { ...randomPicture(16, 16, 3, 16), data: new Uint16Array(16 * 16 * 3).fill(40_000) };
    const path = await savePicture(deep, [at('deep.avif')], {
      format: 'avif',
      quality: 100,
      stripMetadata: false,
    });
    expect((await sharp(path).metadata()).bitsPerSample).toBe(10);
    expect(Math.abs(((await decode(path)).data[300] ?? 0) - 40_000)).toBeLessThan(400);
  });

  it('rounds 16 bits to the nearest of 8 for JPEG', async () => {
    const data = new Uint16Array(16 * 16).fill(257 * 100 + 200);
    const picture: Picture = {
      width: 16,
      height: 16,
      channels: 1,
      depth: 16,
      data,
      format: 'png',
      metadata: {},
    };
    const path = await savePicture(picture, [at('round.jpg')], {
      format: 'jpeg',
      quality: 100,
      stripMetadata: false,
    });
    expect((await decode(path)).data[0]).toBe(101);
  });

  it('lays transparency on white in JPEG, and keeps it in the others', async () => {
    const data = new Uint8Array(16 * 16 * 4);
    const clear: Picture = { ...smooth(16, 16), channels: 4, data };
    const jpeg = await decode(await savePicture(clear, [at('clear.jpg')], { ...options, format: 'jpeg' }));
    expect([jpeg.channels, jpeg.data[0]]).toEqual([3, 255]);
    for (const format of ['png', 'tiff', 'webp', 'avif'] as const) {
      const again = await decode(await savePicture(clear, [at(`clear.${format}`)], { ...options, format }));
      expect([again.channels, again.data[3]], format).toEqual([4, 0]);
    }
  });

  it('writes chroma at full size in JPEG', async () => {
    const path = await savePicture(smooth(16, 16), [at('chroma.jpg')], { ...options, format: 'jpeg' });
    expect((await sharp(path).metadata()).chromaSubsampling).toBe('4:4:4');
  });

  it('writes one colour for four pixels in JPEG and AVIF where that is chosen', async () => {
    const chosen = { ...options, chroma: '4:2:0' as const };
    const jpeg = await savePicture(smooth(16, 16), [at('chosen.jpg')], { ...chosen, format: 'jpeg' });
    expect((await sharp(jpeg).metadata()).chromaSubsampling).toBe('4:2:0');
    // Bits 3 and 2 of the third byte of AV1's configuration say that colours are halved across and down.
    const halved = async (path: string) => {
      const bytes = await readFile(path);
      return ((bytes[bytes.indexOf('av1C') + 6] ?? 0) >> 2) & 3;
    };
    const avif = { ...chosen, format: 'avif' as const };
    expect(await halved(await savePicture(smooth(16, 16), [at('half.avif')], avif))).toBe(3);
    const full = { ...options, format: 'avif' as const };
    expect(await halved(await savePicture(smooth(16, 16), [at('full.avif')], full))).toBe(0);
  });

  it('says so when a side is too long for the format', async () => {
    const wide: Picture = { ...smooth(1, 1), width: 20_000, data: new Uint8Array(60_000) };
    await expect(encode(wide, 'wide.webp', { ...options, format: 'webp' })).rejects.toMatchObject({
      code: 'too-large',
      message:
        'wide.webp was not written: 20000 x 1 pixels do not fit into a webp file, which holds 16383 a side; choose PNG or TIFF.',
    });
  });

  it('says so when there is too little memory for the encoder', () => {
    const size = { width: 12_000, height: 10_000 };
    const memory = 8 * 2 ** 30;
    expect(() => refuseUnfit(size, 'a.avif', 'avif', memory)).toThrow(
      'a.avif was not written: 12000 x 10000 pixels would take 5 GB of memory to write as avif; choose PNG or TIFF.',
    );
    expect(() => refuseUnfit(size, 'a.tif', 'tiff', memory)).not.toThrow();
    expect(() => refuseUnfit({ width: 100_000, height: 80_001 }, 'a.tif', 'tiff', memory)).toThrow(
      'more than the 8000 megapixels that Relume writes; choose a smaller size',
    );
    expect(() => refuseUnfit(size, 'a.avif', 'avif', 4 * memory)).not.toThrow();
  });

  it('leaves the source alone', async () => {
    const before = await readFile(at('photo.jpg'));
    await savePicture(photo, [at('another.jpg')], { ...options, format: 'jpeg' });
    expect((await readFile(at('photo.jpg'))).equals(before)).toBe(true);
  });
});
