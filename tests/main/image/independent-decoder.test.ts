/** Every file of the collections against ImageMagick, which shares no code of ours. */
import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../main/image/decode.ts';
import { type Picture, PictureError } from '../../../main/image/picture.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../../shared-pictures.ts';

/** ImageMagick 7 or 6; other programs are called `convert` too. */
const imageMagick = ['magick', 'convert-im6.q16', '/usr/bin/convert'].find((name) =>
  spawnSync(name, ['-version']).stdout?.toString().includes('ImageMagick'),
);
const needs = `${needsSharedPictures}${imageMagick ? '' : ' (skipped: ImageMagick is not here)'}`;

/**
 * In levels. Formats without loss must agree in every bit, except TIFF, in which colours may be stored
 * multiplied by alpha; decoders of the others may round differently.
 */
const tolerance: Readonly<Record<string, number>> = { jpeg: 2, webp: 1, tiff: 1 };

/**
 * Frames that reach beyond their screen, which ImageMagick crops and browsers widen the screen for, and one that leaves
 * parts of the screen uncovered: black to ImageMagick, transparent in browsers.
 */
const ambiguous: readonly string[] = ['issue_1455_oversized.gif', 'oob.gif', 'border_touching_layers.gif'];

/** ImageMagick's samples of the file's first picture, in the shape of ours: stored values, upright. */
function independent(path: string, { channels, depth }: Picture): Uint8Array | Uint16Array {
  const map = ['', 'gray', 'graya', 'rgb', 'rgba'][channels] ?? '';
  const { stdout } = spawnSync(
    imageMagick ?? '',
    [
      // Coalesced, else the first frame of an animation would be given without what surrounds it.
      ...[
        path,
        '-coalesce',
        '-delete',
        '1--1',
        '-auto-orient',
        '+profile',
        '*',
        '-alpha',
        channels % 2 === 0 ? 'on' : 'off',
      ],
      // Else samples of files with a gamma of their own would be converted.
      ...['-set', 'colorspace', channels <= 2 ? 'Gray' : 'sRGB'],
      ...['-depth', String(depth), '-endian', 'LSB', `${map}:-`],
    ],
    { maxBuffer: 2 ** 30, timeout: 60_000 },
  );
  const bytes = new Uint8Array(stdout);
  return depth === 16 ? new Uint16Array(bytes.buffer, 0, bytes.length >> 1) : bytes;
}

function complaintAbout(path: string): string {
  return spawnSync(imageMagick ?? '', [path, 'rgb:-'], {
    maxBuffer: 2 ** 30,
    timeout: 60_000,
  }).stderr.toString();
}

/** The largest difference of two samples; alpha of 0 hides colours, which decoders may drop. */
function largestDifference({ data, channels }: Picture, other: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const alpha = channels % 2 === 0 ? data[i - (i % channels) + channels - 1] : undefined;
    if (alpha === 0 && i % channels !== channels - 1) continue;
    largest = Math.max(largest, Math.abs((data[i] as number) - (other[i] as number)));
  }
  return largest;
}

async function filesIn(collection: string): Promise<string[]> {
  const entries = await readdir(join(sharedPictures, collection), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !ambiguous.includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe.skipIf(sharedPicturesMissing || !imageMagick)(`decode gives what ImageMagick gives${needs}`, () => {
  it.each(['formats/pngsuite', 'formats/image-rs', 'bad'])(
    'for every file that is opened, and refuses as damaged only what ImageMagick complains about: %s',
    async (collection) => {
      let opened = 0;
      for (const path of await filesIn(collection)) {
        const name = path.slice(sharedPictures.length);
        const ours = await decode(path).catch((error: unknown) => error);
        if (ours instanceof PictureError) {
          if (ours.code === 'damaged') expect(complaintAbout(path), name).not.toBe('');
          continue;
        }
        const picture = ours as Picture;
        const samples = independent(path, picture);
        expect(samples.length, name).toBe(picture.data.length);
        expect(largestDifference(picture, samples), name).toBeLessThanOrEqual(tolerance[picture.format] ?? 0);
        opened++;
      }
      expect(opened).toBeGreaterThan(10);
    },
  );
});
