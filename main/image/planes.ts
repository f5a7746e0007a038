/** A colour picture in floats, one plane after the other, as networks and measures take it. */

export interface Planes {
  readonly width: number;
  readonly height: number;
  /** [3, height, width], samples 0..1, or beyond where nothing was clipped. */
  readonly values: Float32Array;
}

/** Clips to 0..1 and rounds to 8-bit levels, as a file would. */
export function roundToLevels({ width, height, values }: Planes): Planes {
  return { width, height, values: values.map((value) => Math.floor(255 * clip(value) + half) / 255) };
}

/** Rounds halves up in spite of what is lost in 32-bit floats: halves are common after reducing by two. */
const half = 0.5001;

/** Part of a picture that lies inside it. */
export function crop(picture: Planes, left: number, top: number, width: number, height: number): Planes {
  const values = new Float32Array(3 * width * height);
  for (let row = 0; row < 3 * height; row++) {
    const line = Math.floor(row / height) * picture.height + top + (row % height);
    const from = line * picture.width + left;
    values.set(picture.values.subarray(from, from + width), row * width);
  }
  return { width, height, values };
}

/** Interleaved 8-bit samples to planes. */
export function fromRgb(rgb: ArrayLike<number>, width: number, height: number): Planes {
  const plane = width * height;
  const values = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++) values[c * plane + i] = (rgb[3 * i + c] ?? 0) / 255;
  }
  return { width, height, values };
}

/** Planes to interleaved 8-bit samples, clipped and rounded. */
export function toRgb({ width, height, values }: Planes): Uint8Array {
  const plane = width * height;
  const rgb = new Uint8Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++)
      rgb[3 * i + c] = Math.floor(255 * clip(values[c * plane + i] ?? 0) + half);
  }
  return rgb;
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}
