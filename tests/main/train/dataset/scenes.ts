/** Drawn scenes that differ from each other as photographs do: shapes, edges and fine detail. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import sharp, { type Sharp } from 'sharp';
import { uniform } from '../../../../main/engine/gaussian.ts';

/** @param seed the same seed gives the same scene */
export function scene(seed: number, width = 320, height = 256): Sharp {
  const random = xoroshiro128plus(seed);
  const to = (limit: number) => Math.round(uniform(random) * limit);
  const colour = () => `rgb(${20 + to(215)},${20 + to(215)},${20 + to(215)})`;
  const shapes = Array.from({ length: 40 }, (_, i) =>
    i % 2
      ? `<circle cx="${to(width)}" cy="${to(height)}" r="${4 + to(40)}" fill="${colour()}"/>`
      : `<rect x="${to(width)}" y="${to(height)}" width="${8 + to(90)}" height="${8 + to(60)}" fill="${colour()}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${colour()}"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}

/** The scene with white noise, made afresh. */
export async function noisyScene(seed: number, sigma: number): Promise<Sharp> {
  const { data, info } = await scene(seed).raw().toBuffer({ resolveWithObject: true });
  const random = xoroshiro128plus(seed + 1000);
  const noisy = data.map((level) => {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
    return Math.min(255, Math.max(0, Math.round(level + sigma * normal)));
  });
  return sharp(noisy, { raw: { width: info.width, height: info.height, channels: 3 } });
}
