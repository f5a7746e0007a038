/** The bilateral filter (Tomasi and Manduchi 1998), by OpenCV. */
import { createRequire } from 'node:module';
import type opencv from '@techstark/opencv-js';
import { fromRgb, type Planes, toRgb } from './planes.ts';

/** What the package exports is a promise, which an import of a module cannot hand on everywhere. */
const loaded: Promise<typeof opencv> = createRequire(import.meta.url)('@techstark/opencv-js');

/** Gaussian over distance, pixels, and over difference in colour, as a multiple of the noise level. */
const options = { diameter: 9, spaceSigma: 1.8, colourSigma: 4.5 } as const;

/** @param sigma noise level, 8-bit levels */
export async function bilateral(picture: Planes, sigma: number): Promise<Planes> {
  const cv = await loaded;
  const { width, height } = picture;
  const source = new cv.Mat(height, width, cv.CV_8UC3);
  const result = new cv.Mat();
  try {
    source.data.set(toRgb(picture));
    cv.bilateralFilter(source, result, options.diameter, options.colourSigma * sigma, options.spaceSigma);
    return fromRgb(result.data, width, height);
  } finally {
    source.delete();
    result.delete();
  }
}
