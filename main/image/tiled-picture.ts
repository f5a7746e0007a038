/** Pictures whose pixels are read and written by rectangles, wherever they lie. */
import type { Picture } from './picture.ts';

/** A rectangle of pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Everything about a picture but its pixels. */
export type PictureShape = Omit<Picture, 'data'>;

type Samples = Picture['data'];

export interface TiledPicture extends PictureShape {
  /** The file that holds the pixels, in libvips' own format, where one does. */
  readonly file?: string;
  /** Samples of an area inside the picture, rows interleaved by channel. */
  read(area: Area): Samples;
  write(area: Area, samples: Samples): void;
  /** All of it in memory. */
  whole(): Picture;
}

export function tiledInMemory(picture: Picture): TiledPicture {
  const { data, ...shape } = picture;
  const { width, channels } = picture;
  const rows = function* ({ left, top, width: across, height }: Area) {
    const length = across * channels;
    for (let row = 0; row < height; row++)
      yield { at: ((top + row) * width + left) * channels, from: row * length, length };
  };
  return {
    ...shape,
    read: (area) => {
      const samples = emptySamples(picture, area);
      for (const { at, from, length } of rows(area)) samples.set(data.subarray(at, at + length), from);
      return samples;
    },
    write: (area, samples) => {
      for (const { at, from, length } of rows(area)) data.set(samples.subarray(from, from + length), at);
    },
    whole: () => picture,
  };
}

/** A black picture in memory. */
export function blankInMemory(shape: PictureShape): TiledPicture {
  return tiledInMemory({ ...shape, data: emptySamples(shape, shape) });
}

/** An area of a picture as a picture of its own. */
export function partOf(picture: TiledPicture, area: Area): Picture {
  const { format, metadata, channels, depth } = picture;
  const { width, height } = area;
  return { width, height, channels, depth, format, metadata, data: picture.read(area) };
}

/** Room for the samples of an area, all 0. */
export function emptySamples(
  { channels, depth }: Pick<Picture, 'channels' | 'depth'>,
  { width, height }: Pick<Area, 'width' | 'height'>,
): Samples {
  const length = width * height * channels;
  return depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
}

/** Rows of a picture from top to bottom, so many at a time. */
export function* stripsOf(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  rows: number,
): Generator<Area> {
  for (let top = 0; top < height; top += rows)
    yield { left: 0, top, width, height: Math.min(rows, height - top) };
}
