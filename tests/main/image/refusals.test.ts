import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../../../main/image/decode.ts';
import { PictureError } from '../../../main/image/picture.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../../shared-pictures.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { randomPicture, raw, written } from './samples.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);

async function refusal(path: string): Promise<PictureError> {
  const error = await decode(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PictureError)) throw new Error(`Expected a PictureError, but got ${error}.`);
  return error;
}

/** A PNG that promises so many pixels and holds a few bytes of them. */
function promisingPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(64)))]);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, check]);
}

describe('decode refuses, in one sentence that names the file,', () => {
  it('a truncated JPEG', async () => {
    const whole = await raw(randomPicture(200, 200, 3, 8))
      .jpeg()
      .toBuffer();
    await writeFile(at('cut.jpg'), whole.subarray(0, whole.length / 2));
    const before = await checksum(at('cut.jpg'));
    const error = await refusal(at('cut.jpg'));
    expect(error.code).toBe('damaged');
    expect(error.message).toBe('cut.jpg is damaged: the file ends before the picture does.');
    expect(await checksum(at('cut.jpg'))).toBe(before);
  });

  it('a truncated PNG', async () => {
    const whole = await raw(randomPicture(200, 200, 3, 8))
      .png()
      .toBuffer();
    await writeFile(at('cut.png'), whole.subarray(0, whole.length / 2));
    expect((await refusal(at('cut.png'))).code).toBe('damaged');
  });

  it('a text file named .png', async () => {
    await writeFile(at('notes.png'), 'Buy milk.\n'.repeat(50));
    const error = await refusal(at('notes.png'));
    expect(error.code).toBe('not-a-picture');
    expect(error.message).toBe('notes.png is not a picture in a format that Relume knows.');
  });

  it('an empty file', async () => {
    await writeFile(at('nothing.jpg'), '');
    const error = await refusal(at('nothing.jpg'));
    expect([error.code, error.message]).toEqual(['empty', 'nothing.jpg is empty (0 bytes).']);
  });

  it('a header of 60,000 x 60,000 pixels, before any memory is taken for it', async () => {
    await writeFile(at('bomb.png'), promisingPng(60_000, 60_000));
    const before = process.memoryUsage().rss;
    const error = await refusal(at('bomb.png'));
    expect([error.code, error.message]).toEqual([
      'too-large',
      'bomb.png is 60,000 x 60,000 pixels; Relume opens pictures of up to 500 megapixels.',
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });

  it('a CMYK picture without a profile', async () => {
    const path = await written(
      raw(randomPicture(8, 8, 3, 8))
        .toColourspace('cmyk')
        .jpeg(),
      at('print.jpg'),
    );
    const error = await refusal(path);
    expect([error.code, error.message]).toEqual([
      'unsupported',
      'print.jpg is in CMYK without a colour profile, so that its colours are not known; convert it to RGB first.',
    ]);
  });

  it('floating-point samples', async () => {
    const data = new Float32Array(8 * 8 * 3).fill(0.5);
    const float = sharp(data, { raw: { width: 8, height: 8, channels: 3 } }).toColourspace('scrgb');
    const path = await written(float.tiff({ predictor: 'float', compression: 'deflate' }), at('float.tif'));
    const error = await refusal(path);
    expect([error.code, error.message]).toEqual([
      'unsupported',
      'float.tif has float samples; Relume opens 8 and 16 bits per channel.',
    ]);
  });

  it('a format that is not a photograph', async () => {
    await writeFile(at('drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const error = await refusal(at('drawing.svg'));
    expect([error.code, error.message]).toEqual([
      'unsupported',
      'drawing.svg is a SVG file, a format that Relume does not open.',
    ]);
  });

  it.each([
    ['BMP', 'BM6\0\0\0'],
    ['Photoshop', '8BPS\0\x01'],
    ['JPEG XL', '\xff\x0a\xfa\x1f'],
  ])('%s, by its name', async (format, head) => {
    await writeFile(at('other.jpg'), Buffer.from(head.padEnd(200, '\x01'), 'latin1'));
    const error = await refusal(at('other.jpg'));
    expect([error.code, error.message]).toEqual([
      'unsupported',
      `other.jpg is a ${format} file, a format that Relume does not open.`,
    ]);
  });

  it('a missing file, and a file in a missing folder', async () => {
    for (const path of [at('gone.jpg'), at(join('no-folder', 'gone.jpg'))]) {
      const error = await refusal(path);
      expect([error.code, error.message]).toEqual([
        'missing',
        `gone.jpg does not exist in ${dirname(path)}.`,
      ]);
    }
  });

  it('a folder', async () => {
    await mkdir(at('album.jpg'));
    expect((await refusal(at('album.jpg'))).code).toBe('not-a-picture');
  });

  it.skipIf(process.platform === 'win32')('a named pipe, without waiting for it', async () => {
    execFileSync('mkfifo', [at('pipe.jpg')]);
    expect((await refusal(at('pipe.jpg'))).code).toBe('not-a-picture');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a file without permission (not for root, who may read everything)',
    async () => {
      const path = await written(raw(randomPicture(8, 8, 3, 8)).png(), at('secret.png'));
      await chmod(path, 0);
      const error = await refusal(path);
      expect([error.code, error.message]).toEqual([
        'no-permission',
        'secret.png cannot be read: permission was denied.',
      ]);
    },
  );
});

describe('decode, of every file in the collections of oddities,', () => {
  for (const collection of ['bad', 'formats/pngsuite', 'formats/image-rs'])
    it.skipIf(sharedPicturesMissing)(
      `gives a sound picture or a PictureError: ${collection}${needsSharedPictures}`,
      async () => {
        const root = join(sharedPictures, collection);
        const entries = await readdir(root, { recursive: true, withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile());
        expect(files.length).toBeGreaterThan(100);
        let decoded = 0;
        for (const entry of files) {
          const source = join(entry.parentPath, entry.name);
          const path = at('copy');
          await copyFile(source, path);
          const before = await checksum(path);
          const outcome = await decode(path).catch((reason: unknown) => reason);
          expect(await checksum(path), entry.name).toBe(before);
          if (outcome instanceof PictureError) {
            expect(outcome.message, entry.name).toMatch(/^copy [^\n]+\.$/);
            continue;
          }
          expect(outcome, entry.name).toHaveProperty('data');
          const { width, height, channels, data } = outcome as Awaited<ReturnType<typeof decode>>;
          expect(data.length, entry.name).toBe(width * height * channels);
          decoded++;
        }
        expect(decoded).toBeGreaterThan(10);
      },
    );
});

async function checksum(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
