/** What a photographer and an agency write into a file, read back by ExifTool after a copy was saved. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decode } from '../../../main/image/decode.ts';
import { savePicture, type WrittenFormat } from '../../../main/image/encode.ts';
import { outputFormats } from '../../../preload/contract.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { randomPicture, raw, written } from './samples.ts';

const withExiftool = spawnSync('exiftool', ['-ver']).status === 0;
const needs = withExiftool ? '' : ' (skipped: exiftool is not here)';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
  if (withExiftool) for (const format of ['jpeg', 'png', 'tiff'] as const) await describeSource(format);
});
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);

const sources = { jpeg: 'source.jpg', png: 'source.png', tiff: 'source.tif' } as const;
const extensions: Readonly<Record<WrittenFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  tiff: 'tif',
  webp: 'webp',
  avif: 'avif',
};

const exifTags = {
  'IFD0:Make': 'Relume',
  'IFD0:Artist': 'Zoë',
  'IFD0:Copyright': '(c) Nobody',
  'ExifIFD:LensModel': '35mm F2',
  'ExifIFD:ExposureTime': '0.008',
  'GPS:GPSLatitudeRef': 'N',
  'GPS:GPSLatitude': '48.1',
};
const xmpTags = { 'XMP-dc:Title': 'Évening', 'XMP-xmp:Rating': '3' };
const iptcTags = { 'IPTC:City': 'Köln', 'IPTC:Credit': 'Relume' };
const ownTags: Readonly<Record<keyof typeof sources, Readonly<Record<string, string>>>> = {
  jpeg: { 'File:Comment': 'hello' },
  png: { 'PNG:Comment': 'hello', 'PNG:Software': 'Relume' },
  tiff: {},
};

/** A picture as sharp writes it, then described by ExifTool: lying on its side, and with a thumbnail in EXIF. */
async function describeSource(format: keyof typeof sources): Promise<void> {
  const path = at(sources[format]);
  const picture = raw(randomPicture(64, 48, 3, 8)).withIccProfile('p3');
  await written(picture.clone().jpeg(), at('thumbnail.jpg'));
  await written(
    format === 'jpeg'
      ? picture.jpeg()
      : format === 'png'
        ? picture.png()
        : picture.tiff({ compression: 'lzw' }),
    path,
  );
  const tags = Object.entries({ ...exifTags, ...xmpTags, ...iptcTags, ...ownTags[format] });
  const thumbnail = format === 'jpeg' ? [`-ThumbnailImage<=${at('thumbnail.jpg')}`] : [];
  execFileSync('exiftool', [
    ...['-q', '-m', '-overwrite_original', '-codedcharacterset=utf8', '-n', '-IFD0:Orientation=6'],
    ...tags.map(([tag, value]) => `-${tag}=${value}`),
    ...thumbnail,
    path,
  ]);
}

/** Tags by group and name; what ExifTool cannot print is left out. */
function tagsOf(path: string): Record<string, unknown> {
  const out = execFileSync('exiftool', ['-json', '-n', '-a', '-G1', path]).toString();
  return z.tuple([z.record(z.string(), z.unknown())]).parse(JSON.parse(out))[0];
}

/** One block of metadata, as its bytes stand in the file. */
const block = (name: string, path: string) => execFileSync('exiftool', ['-b', `-${name}`, path]);

/** A copy under a name of its own. */
async function copyOf(path: string, format: WrittenFormat, stripMetadata = false): Promise<string> {
  const names = Array.from({ length: 100 }, (_, i) => at(`copy-${i}.${extensions[format]}`));
  return savePicture(await decode(path), names, { format, quality: 90, stripMetadata });
}

describe.skipIf(!withExiftool)(`a saved copy${needs}`, () => {
  for (const format of ['jpeg', 'png', 'tiff'] as const) {
    it(`has every tag of its source: ${format} to ${format}`, async () => {
      const source = at(sources[format]);
      const copy = await copyOf(source, format);
      const before = tagsOf(source);
      const after = tagsOf(copy);
      const described = /^(IFD0|ExifIFD|GPS|InteropIFD|XMP.*|IPTC|Photoshop|ICC.*|PNG|File):/;
      // How the file itself is built: layout in strips, compression, size, turn.
      const layout =
        /Orientation|Image(Width|Height|Size)|Strip|Rows|Compression|Predictor|BitsPerSample|Planar|Photometric|Samples|SubfileType|File(Name|Size|Type|Modify|Access|Inode|Perm)|Directory|MIME|Encoding|ColorComponents|YCbCr|BitDepth|ColorType|Filter|Interlace|ExifByteOrder|CurrentIPTCDigest|ResolutionUnit|[XY]Resolution|ProfileName|Pages?(Number|Count)|SampleFormat|FillOrder|PixelsPerUnit|PixelUnits|PreviewImage/;
      for (const [tag, value] of Object.entries(before))
        if (described.test(tag) && !layout.test(tag)) expect([tag, after[tag]]).toEqual([tag, value]);
      expect(after['IFD0:Orientation']).toBe(1);
    });

    it(`has its blocks byte for byte: ${format} to ${format}`, async () => {
      const source = at(sources[format]);
      const copy = await copyOf(source, format);
      expect(block('icc_profile', copy).equals(block('icc_profile', source))).toBe(true);
      expect(block('xmp', copy).equals(block('xmp', source))).toBe(true);
      const [before, after] = [await decode(source), await decode(copy)];
      expect(Buffer.from(after.metadata.photoshop ?? [])).toEqual(
        Buffer.from(before.metadata.photoshop ?? []),
      );
      expect(before.metadata.photoshop?.length).toBeGreaterThan(20);
      expect(after.metadata.own).toEqual(before.metadata.own);
    });

    it.each(outputFormats)(`has the common tags: ${format} to %s`, async (target) => {
      const source = at(sources[format]);
      const after = tagsOf(await copyOf(source, target));
      const iptc = target === 'webp' || target === 'avif' ? {} : iptcTags;
      for (const [tag, value] of Object.entries({ ...exifTags, ...xmpTags, ...iptc }))
        expect([tag, String(after[tag])]).toEqual([tag, value]);
      expect(after['ICC_Profile:ProfileDescription'] ?? after['ICC_Profile:RedMatrixColumn']).toBeDefined();
      expect(after['IFD0:Orientation']).toBe(1);
    });

    it.each(outputFormats)(
      `has none of it when stripped, but the profile: ${format} to %s`,
      async (target) => {
        const copy = await copyOf(at(sources[format]), target, true);
        const after = tagsOf(copy);
        const told = [
          ...Object.keys({ ...exifTags, ...xmpTags, ...iptcTags }),
          'File:Comment',
          'PNG:Comment',
        ];
        for (const tag of told) expect([tag, after[tag]]).toEqual([tag, undefined]);
        expect(block('icc_profile', copy).length).toBeGreaterThan(100);
      },
    );
  }

  it('shows no thumbnail of the old picture', async () => {
    const source = at(sources.jpeg);
    expect(block('ThumbnailImage', source).length).toBeGreaterThan(100);
    const copy = await copyOf(source, 'jpeg');
    expect(block('ThumbnailImage', copy).length).toBe(0);
    expect(tagsOf(copy)['ExifIFD:LensModel']).toBe('35mm F2');
    const warnings = execFileSync('exiftool', ['-warning', '-validate', '-a', copy]).toString();
    expect(warnings).not.toMatch(/thumbnail|IFD1|truncated|corrupt/i);
    expect((await sharp(copy).metadata()).orientation).toBe(1);
  });
});
