/**
 * What happens to a photo before somebody wants it larger: out of focus, made smaller, noisy, compressed, and much
 * of that twice (Wang et al., "Real-ESRGAN", 2021, section 3).
 */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { uniform } from '../../engine/gaussian.ts';
import { type Planes, roundToLevels } from '../../image/planes.ts';
import { kernels, resize } from '../../image/resize.ts';
import { pick } from '../patches.ts';
import { blurred, randomBlur } from './blur.ts';
import { randomJpeg, throughJpeg } from './jpeg.ts';
import { withGaussianNoise } from './noise.ts';

/** Ranges of each round; the second is gentler, as what is done to a finished picture is. */
const rounds = [
  { blur: { share: 0.7, max: 2 }, noise: { share: 0.5, max: 12 }, jpeg: { min: 60, max: 98 } },
  { blur: { share: 0.3, max: 1 }, noise: { share: 0.3, max: 6 }, jpeg: { min: 70, max: 98 } },
] as const;
/** Share of photos that go through the second round. */
const secondShare = 0.5;
const jpegShare = 0.7;

/** @returns the photo, its sides divided by `scale`, as a person might have it */
export async function asFound(photo: Planes, scale: number, random: RandomGenerator): Promise<Planes> {
  const [width, height] = [photo.width / scale, photo.height / scale];
  const twice = uniform(random) < secondShare;
  // The first of two rounds leaves the photo at a size in between.
  const between = twice ? 1 + uniform(random) * (scale - 1) : scale;
  const sizes = [[Math.round(photo.width / between), Math.round(photo.height / between)] as const];
  if (twice) sizes.push([width, height]);
  let picture = photo;
  for (const [index, { blur, noise, jpeg }] of rounds.slice(0, sizes.length).entries()) {
    const [w, h] = sizes[index] ?? [width, height];
    if (uniform(random) < blur.share) picture = blurred(picture, randomBlur(random, blur.max));
    picture = resize(picture, w, h, kernels[pick(random, kernels.length)]);
    if (uniform(random) < noise.share)
      picture = withGaussianNoise(picture, uniform(random) * noise.max, random);
    const compressed = uniform(random) < jpegShare;
    const options = randomJpeg(random, jpeg);
    picture = compressed ? await throughJpeg(picture, options) : roundToLevels(picture);
  }
  return picture;
}
