import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, pictureSize } from '../../../main/image/decode.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { randomPicture, raw, written } from './samples.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);

describe('decode keeps the samples of lossless files', () => {
  for (const depth of [8, 16] as const)
    for (const channels of [1, 2, 3, 4] as const)
      for (const format of ['png', 'tiff'] as const)
        it(`${format}, ${channels} channels of ${depth} bits`, async () => {
          const picture = randomPicture(13, 7, channels, depth);
          const lossless = format === 'png' ? raw(picture).png() : raw(picture).tiff({ compression: 'lzw' });
          const path = await written(lossless, at(`${channels}-${depth}.${format}`));
          const { width, height, data, ...rest } = await decode(path);
          expect({ width, height }).toEqual({ width: 13, height: 7 });
          expect(rest).toMatchObject({ channels, depth, format });
          expect([...data]).toEqual([...picture.data]);
        });
});

describe('decode', () => {
  it('expands a palette to 8-bit RGB', async () => {
    const two = sharp({ create: { width: 4, height: 2, channels: 3, background: '#ff8000' } });
    const path = await written(two.png({ palette: true }), at('palette.png'));
    const picture = await decode(path);
    expect(picture).toMatchObject({ channels: 3, depth: 8 });
    expect([...picture.data.subarray(0, 3)]).toEqual([255, 128, 0]);
  });

  it('expands 1-bit black and white to 0 and 255', async () => {
    const data = new Uint8Array([0, 255, 255, 0, 255, 0, 0, 255]);
    const bits = sharp(data, { raw: { width: 4, height: 2, channels: 1 } }).toColourspace('b-w');
    const picture = await decode(
      await written(bits.tiff({ bitdepth: 1, compression: 'none' }), at('bits.tif')),
    );
    expect(picture).toMatchObject({ channels: 1, depth: 8 });
    expect([...picture.data]).toEqual([...data]);
  });

  it('turns a picture upright', async () => {
    // Orientation 6: the stored left column is the upright top row, read upwards.
    const data = new Uint8Array([10, 20, 30, 40, 50, 60]);
    const stored = sharp(data, { raw: { width: 3, height: 2, channels: 1 } }).toColourspace('b-w');
    const path = await written(stored.withMetadata({ orientation: 6 }).png(), at('turned.png'));
    const picture = await decode(path);
    expect(picture).toMatchObject({ width: 2, height: 3 });
    const reds = picture.data.filter((_, i) => i % picture.channels === 0);
    expect([...reds]).toEqual([40, 10, 50, 20, 60, 30]);
    expect(await pictureSize(path)).toEqual({ width: 2, height: 3 });
  });

  it('leaves samples in the space of their profile', async () => {
    const picture = randomPicture(8, 8, 3, 8);
    const wide = await sharp(picture.data, { raw: { width: 8, height: 8, channels: 3 } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const { data: stored } = await sharp(wide, { ignoreIcc: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...stored]).not.toEqual([...picture.data]);
    const path = await written(sharp(wide).keepMetadata().png(), at('wide.png'));
    const decoded = await decode(path);
    expect([...decoded.data]).toEqual([...stored]);
    expect(Buffer.from(decoded.metadata.icc ?? [])).toEqual((await sharp(wide).metadata()).icc);
  });

  it('gives EXIF from its byte-order mark on, and XMP, in every format that holds them', async () => {
    const picture = raw(randomPicture(8, 8, 3, 8))
      .withExif({ IFD0: { Make: 'Relume' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
    for (const [name, pipeline] of [
      ['meta.jpg', picture.clone().jpeg()],
      ['meta.png', picture.clone().png()],
      ['meta.webp', picture.clone().webp()],
      ['meta.avif', picture.clone().avif()],
    ] as const) {
      const { metadata } = await decode(await written(pipeline, at(name)));
      expect(Buffer.from(metadata.exif ?? []).toString('latin1', 0, 2), name).toBe('II');
      expect(Buffer.from(metadata.exif ?? []).includes('Relume'), name).toBe(true);
      expect(Buffer.from(metadata.xmp ?? []).toString(), name).toContain('x:xmpmeta');
    }
  });

  it('reads the first frame of an animation, and says so', async () => {
    const frames = Buffer.concat([Buffer.alloc(4 * 4 * 3, 0), Buffer.alloc(4 * 4 * 3, 255)]);
    const animation = sharp(frames, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } });
    const picture = await decode(await written(animation.gif({ delay: [100, 100] }), at('moving.gif')));
    expect(picture).toMatchObject({ width: 4, height: 4, format: 'gif' });
    expect(Math.max(...picture.data.subarray(0, 3))).toBe(0);
    expect(picture.note).toBe(
      'moving.gif holds 2 pictures; the first was read. Copies are saved as PNG unless another format is chosen.',
    );
  });

  it('leaves transparent what the only frame of a GIF does not cover, as browsers do', async () => {
    const frame = sharp({ create: { width: 2, height: 1, channels: 3, background: '#f00' } });
    const bytes = await frame.gif().toBuffer();
    // Behind the header, the palette and any extensions: a frame of 2 x 1 pixels at (0, 0).
    const mark = bytes.indexOf(Buffer.of(0x2c, 0, 0, 0, 0, 2, 0, 1, 0));
    bytes.writeUInt16LE(1, mark + 1);
    bytes.writeUInt16LE(2, mark + 3);
    // The screen.
    bytes.writeUInt16LE(4, 6);
    bytes.writeUInt16LE(3, 8);
    const path = at('corner.gif');
    await writeFile(path, bytes);
    const { width, height, channels, data } = await decode(path);
    expect({ width, height, channels }).toEqual({ width: 4, height: 3, channels: 4 });
    const alpha = Array.from(data).filter((_, i) => i % 4 === 3);
    expect(alpha).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0]);
    expect([...data.subarray(36, 40)]).toEqual([255, 0, 0, 255]);
  });

  it('widens the screen of a GIF whose first frame reaches beyond it, as browsers do', async () => {
    const frame = sharp({ create: { width: 5, height: 4, channels: 3, background: '#00f' } });
    const bytes = await frame.gif().toBuffer();
    bytes.writeUInt16LE(3, 6);
    bytes.writeUInt16LE(2, 8);
    const path = at('beyond.gif');
    await writeFile(path, bytes);
    const { width, height, channels, data } = await decode(path);
    expect({ width, height }).toEqual({ width: 5, height: 4 });
    const corner = data.subarray(data.length - channels);
    expect([...corner.subarray(0, 3), channels === 4 ? corner[3] : 255]).toEqual([0, 0, 255, 255]);
  });

  it('gives 16 bits for a 10-bit AVIF', async () => {
    const flat = { ...randomPicture(16, 16, 3, 16), data: new Uint16Array(16 * 16 * 3).fill(40_000) };
    const path = await written(raw(flat).avif({ bitdepth: 10, quality: 100 }), at('deep.avif'));
    const picture = await decode(path);
    expect(picture).toMatchObject({ depth: 16, channels: 3, format: 'avif' });
    expect(Math.abs((picture.data[300] ?? 0) - 40_000)).toBeLessThan(400);
  });
});
