/** What is found out about one picture of a collection, by itself. */
import { z } from 'zod';
import { sigmaOfMosaic } from '../../image/noise-estimate.ts';
import { blockiness, brightnessOf, sharpness } from '../../image/structure.ts';
import { type Survey, smallSide, survey } from '../../image/survey.ts';
import { flatBlocks } from './flat-blocks.ts';
import { perceptualHash } from './perceptual-hash.ts';

const word = z.number().int().nonnegative();

/** Kept on disk, so that a picture is looked at only once. */
export const lookSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  sha256: z.string(),
  hash: z.tuple([word, word]),
  /** 16 x 16 grey levels, base64. */
  thumb: z.string(),
  /** Estimated noise, 8-bit levels; absent when it cannot be told, as of a few black pixels. */
  sigma: z.number().optional(),
  /** As `sharpness` says; absent when it cannot be told. */
  sharpness: z.number().optional(),
  blockiness: z.number(),
  /** Quality of a JPEG file, 1..100. */
  quality: z.number().optional(),
  grey: z.boolean(),
  /** Name of the colour profile. */
  profile: z.string().optional(),
  capture: z.object({ seconds: z.number(), camera: z.string() }).optional(),
});

export type Look = z.infer<typeof lookSchema>;

/** Mean distance of the colours from grey, 8-bit levels, below which a picture is called grey. */
const greyBelow = 1.5;

/** @throws PictureError when the picture cannot be read */
export async function look(path: string): Promise<Look> {
  const { part, small, ...facts } = await survey(path);
  const brightness = brightnessOf(part);
  const sigma = sigmaOfMosaic(flatBlocks(part, brightness));
  const sharp = sharpness(brightness, sigma);
  return {
    ...facts,
    hash: [...perceptualHash(small, smallSide)],
    thumb: Buffer.from(halved(small)).toString('base64'),
    ...(Number.isFinite(sigma) && { sigma: rounded(sigma) }),
    ...(sharp !== undefined && { sharpness: rounded(sharp) }),
    blockiness: rounded(blockiness(brightness)),
    grey: isGrey(part),
  };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** 2 x 2 means of the small copy. */
function halved(small: Uint8Array): Uint8Array {
  const side = smallSide / 2;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const at = 2 * Math.floor(i / side) * smallSide + 2 * (i % side);
    const at2 = at + smallSide;
    return ((small[at] ?? 0) + (small[at + 1] ?? 0) + (small[at2] ?? 0) + (small[at2 + 1] ?? 0)) / 4;
  });
}

/** Of one pixel in so many, which are enough for a mean. */
const every = 7;

function isGrey({ channels, data }: Survey['part']): boolean {
  if (channels < 3) return true;
  let sum = 0;
  let count = 0;
  for (let at = 0; at + 2 < data.length; at += every * channels, count++) {
    const green = data[at + 1] as number;
    sum += Math.abs((data[at] as number) - green) + Math.abs((data[at + 2] as number) - green);
  }
  return sum / (2 * count) < greyBelow;
}
