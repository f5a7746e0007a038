/** How close a picture is to a reference. */
import { setImmediate } from 'node:timers/promises';
import { type Samples, squaredError, ssim, ssimWindow } from './metrics.ts';
import type { Picture } from './picture.ts';

export interface Closeness {
  /** In dB; null for equal pictures, whose ratio has no bound. */
  readonly psnr: number | null;
  /** -1..1. */
  readonly ssim: number;
}

/** Rows that are compared at once: a second's work leaves the process room to answer. */
const bandRows = 128;
const peak = 255;

/**
 * PSNR over all colour channels and mean SSIM, as published figures compute them, on 8-bit levels that are not
 * rounded. Alpha is left out; grey is compared as three equal channels where the other is in colour.
 *
 * Works in bands of rows, which gives the same figures in little memory; between two the event loop turns.
 *
 * @throws RangeError when the two differ in size or are smaller than 11 x 11
 */
export async function compare(a: Picture, b: Picture): Promise<Closeness> {
  if (a.width !== b.width || a.height !== b.height)
    throw new RangeError(
      `Expected a reference of ${a.width} x ${a.height} but received ${b.width} x ${b.height}.`,
    );
  if (Math.min(a.width, a.height) < ssimWindow)
    throw new RangeError(`Expected at least 11 x 11 pixels but received ${a.width} x ${a.height}.`);
  const channels = Math.max(colours(a), colours(b));
  const positions = a.height - ssimWindow + 1;
  let [squares, similarity] = [0, 0];
  for (let row = 0; row < a.height; row += bandRows) {
    await setImmediate();
    const own = Math.min(bandRows, a.height - row);
    const [x, y] = [levels(a, channels, row, row + own), levels(b, channels, row, row + own)];
    squares += squaredError(x.data, y.data);
    // Windows that begin in this band reach into the next one.
    const begin = Math.min(own, positions - row);
    if (begin <= 0) continue;
    const end = row + begin + ssimWindow - 1;
    similarity += begin * ssim(levels(a, channels, row, end), levels(b, channels, row, end), peak);
  }
  const ratio = 10 * Math.log10((peak ** 2 * a.width * a.height * channels) / squares);
  return { psnr: squares === 0 ? null : ratio, ssim: similarity / positions };
}

const colours = ({ channels }: Picture) => (channels >= 3 ? 3 : 1);

/** Rows of a picture as 8-bit levels, with 1 or 3 channels. */
function levels(picture: Picture, channels: number, from: number, to: number): Samples {
  const { width, data, depth } = picture;
  const scale = depth === 16 ? 255 / 65_535 : 1;
  const values = new Float64Array(width * (to - from) * channels);
  const spread = colours(picture) === 1;
  let at = from * width * picture.channels;
  for (let i = 0; i < values.length; i += channels, at += picture.channels)
    for (let c = 0; c < channels; c++) values[i + c] = (data[at + (spread ? 0 : c)] as number) * scale;
  return { width, height: to - from, channels, data: values };
}
