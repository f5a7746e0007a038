/** What the picture of a model shows: a piece of the sample with what the model is for. */
import type { ModelCard } from '../../preload/contract.ts';
import { toEightBit } from '../image/depth.ts';
import { jpegRoundTrip } from '../image/jpeg-round-trip.ts';
import type { Picture } from '../image/picture.ts';
import { resample } from '../image/resample.ts';

/** Pixels of what a model makes. */
const size = { width: 240, height: 180 };
/** What is looked at, as shares of the sample's sides: between the eyes. */
const centre = { x: 0.57, y: 0.39 };
/** The sample is noisy; reduced so much, it is not. */
const reduction = 4;
/** JPEG quality at which blocks are plain to see. */
const strong = { quality: 20, chromaSubsampling: '4:2:0' } as const;

/** A denoiser gets the sample's own noise, an upscaler a small clean picture, a remover of artefacts a poor JPEG. */
export async function lookOf(sample: Picture, { task, scale }: Pick<ModelCard, 'task' | 'scale'>) {
  const noisy = toEightBit(sample);
  if (task === 'denoise') return cropped(noisy, size.width, size.height);
  const clean = resample(noisy, Math.floor(noisy.width / reduction), Math.floor(noisy.height / reduction));
  const small = cropped(clean, size.width / scale, size.height / scale);
  if (task === 'upscale') return small;
  const { width, height, data } = small;
  return { ...small, data: await jpegRoundTrip(new Uint8Array(data), width, height, strong) };
}

/** At most so much of a picture around its centre. */
function cropped(picture: Picture, most: number, high: number): Picture {
  const { channels } = picture;
  const [width, height] = [
    Math.min(picture.width, Math.round(most)),
    Math.min(picture.height, Math.round(high)),
  ];
  const left = startOf(picture.width, width, centre.x);
  const top = startOf(picture.height, height, centre.y);
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * picture.width + left) * channels;
    data.set(picture.data.subarray(from, from + width * channels), y * width * channels);
  }
  return { ...picture, width, height, data };
}

const startOf = (all: number, part: number, share: number) =>
  Math.round(Math.min(all - part, Math.max(0, share * all - part / 2)));
