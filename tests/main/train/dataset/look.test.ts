import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findingsOf } from '../../../../main/train/dataset/findings.ts';
import { look, lookSchema } from '../../../../main/train/dataset/look.ts';
import { type TemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';
import { noisyScene, scene } from './scenes.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const at = (name: string) => join(folder.path, name);
const kinds = async (path: string) => findingsOf(await look(path)).map(({ kind }) => kind);

describe('what is found in a picture by itself', () => {
  it('nothing speaks against a clean one', async () => {
    await scene(1).png().toFile(at('a.png'));
    expect(await kinds(at('a.png'))).toEqual([]);
  });

  it('noise, with its level', async () => {
    await (await noisyScene(1, 25)).png().toFile(at('a.png'));
    const seen = await look(at('a.png'));
    expect(seen.sigma).toBeGreaterThan(20);
    expect(seen.sigma).toBeLessThan(30);
    expect(findingsOf(seen)[0]?.reason).toContain(`sigma ${Math.round(seen.sigma ?? 0)}`);
  });

  it('nothing that a cache could not give back, even of a small one that is nearly all black', async () => {
    const white = { input: Buffer.alloc(64, 255), raw: { width: 8, height: 8, channels: 1 } } as const;
    const black = { width: 28, height: 28, channels: 3, background: '#000' } as const;
    await sharp({ create: black }).composite([white]).png().toFile(at('a.png'));
    const seen = await look(at('a.png'));
    expect(lookSchema.parse(JSON.parse(JSON.stringify(seen)))).toEqual(seen);
  });

  it('blur', async () => {
    await scene(1).blur(2.5).png().toFile(at('a.png'));
    expect(await kinds(at('a.png'))).toEqual(['blurred']);
  });

  it('strong JPEG compression, by the file itself', async () => {
    await scene(1).jpeg({ quality: 40 }).toFile(at('a.jpg'));
    expect(findingsOf(await look(at('a.jpg')))).toEqual([
      { kind: 'jpeg', reason: 'JPEG of quality 40: its artefacts would be learned as detail.' },
    ]);
  });

  it('strong JPEG compression that another format hides', async () => {
    const jpeg = await scene(1).blur(0.8).jpeg({ quality: 20 }).toBuffer();
    await sharp(jpeg).png().toFile(at('a.png'));
    expect(await kinds(at('a.png'))).toContain('jpeg');
  });

  it('too few pixels', async () => {
    await scene(1, 300, 159).png().toFile(at('a.png'));
    expect(findingsOf(await look(at('a.png')))[0]).toEqual({
      kind: 'too-small',
      reason: '300 × 159 pixels: training needs at least 160 a side.',
    });
  });

  it.each([
    ['in one channel', (picture: Sharp) => picture.toColourspace('b-w')],
    ['in three channels', (picture: Sharp) => picture.greyscale().toColourspace('srgb')],
  ])('no colour, %s', async (_, change) => {
    await change(scene(1)).png().toFile(at('a.png'));
    expect(await kinds(at('a.png'))).toEqual(['grey']);
  });

  it('a colour profile other than sRGB, by its name', async () => {
    await scene(1).withIccProfile('p3').png().toFile(at('p3.png'));
    await scene(1).withIccProfile('srgb').png().toFile(at('srgb.png'));
    expect(findingsOf(await look(at('p3.png')))[0]).toMatchObject({
      kind: 'profile',
      reason: expect.stringMatching(/“.*P3.*”/i),
    });
    expect(await kinds(at('srgb.png'))).toEqual([]);
  });
});

describe('a look', () => {
  it('is upright, and hashes the same whichever way the file is turned', async () => {
    const upright = await scene(1).png().toBuffer();
    await sharp(upright).toFile(at('a.png'));
    await sharp(upright).rotate(90).withMetadata({ orientation: 8 }).toFile(at('b.png'));
    const [a, b] = [await look(at('a.png')), await look(at('b.png'))];
    expect(b).toMatchObject({ width: 320, height: 256, hash: a.hash });
  });

  it('of a large picture reads its middle only, and hashes the whole', async () => {
    await scene(1).resize(1600, 1280, { kernel: 'nearest' }).png().toFile(at('large.png'));
    await scene(1).png().toFile(at('small.png'));
    const [large, small] = [await look(at('large.png')), await look(at('small.png'))];
    expect(large).toMatchObject({ width: 1600, height: 1280 });
    expect(large.hash).toEqual(small.hash);
  });

  it('knows when and with what a photograph was taken', async () => {
    const exif = {
      IFD0: { Make: 'Relume', Model: 'Box' },
      IFD2: { DateTimeOriginal: '2024:05:06 07:08:09', SubSecTimeOriginal: '25' },
    };
    await scene(1).withExif(exif).jpeg().toFile(at('a.jpg'));
    expect((await look(at('a.jpg'))).capture).toEqual({
      seconds: Date.UTC(2024, 4, 6, 7, 8, 9) / 1000 + 0.25,
      camera: 'Relume Box',
    });
  });

  it('at a file that is cut off fails by name', async () => {
    const whole = await scene(1).jpeg().toBuffer();
    await writeFile(at('cut.jpg'), whole.subarray(0, whole.length / 2));
    await expect(look(at('cut.jpg'))).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('cut.jpg'),
    });
  });
});
