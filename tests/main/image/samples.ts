/** Small pictures and files for tests. */
import { writeFile } from 'node:fs/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import sharp, { type Sharp } from 'sharp';
import { uniform } from '../../../main/engine/gaussian.ts';
import type { Picture } from '../../../main/image/picture.ts';

/** A picture of random samples, the same for the same seed. */
export function randomPicture(
  width: number,
  height: number,
  channels: Picture['channels'],
  depth: 8 | 16,
  seed = 1,
): Picture {
  const random = xoroshiro128plus(seed);
  const data =
    depth === 16 ? new Uint16Array(width * height * channels) : new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) data[i] = (uniform(random) * 2 ** depth) % 2 ** depth;
  return { width, height, channels, depth, data, format: 'png', metadata: {} };
}

/** sharp over a picture's samples. */
export function raw({ data, width, height, channels, depth }: Picture): Sharp {
  const space = `${channels <= 2 ? 'grey' : 'rgb'}16`;
  const pipeline = sharp(data, { raw: { width, height, channels } });
  return depth === 16
    ? pipeline.toColourspace(space)
    : pipeline.toColourspace(channels <= 2 ? 'b-w' : 'srgb');
}

/** Writes what sharp encodes to a path, and returns the path. */
export async function written(pipeline: Sharp, path: string): Promise<string> {
  await writeFile(path, await pipeline.toBuffer());
  return path;
}
