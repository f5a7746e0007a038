/** Develops camera RAW with LibRaw, compiled to WebAssembly. Runs in the picture worker. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { RawImageData } from 'libraw-wasm';
import load from 'libraw-wasm/dist/libraw.js';
import { type Pixels, WasmDecodingError } from './wasm-decoder.ts';

/**
 * Display P3: wide enough for what cameras see of most scenes, with the tone curve of sRGB, for which the
 * networks were trained. Exposure is left as it was metered, so that nothing clips that the sensor held.
 */
const settings = {
  useCameraWb: true,
  outputBps: 16,
  outputColor: 7,
  noAutoBright: true,
  userQual: 3,
  /** Exponent and slope at black of the sRGB curve (IEC 61966-2-1); LibRaw derives the other four. */
  gamm: [1 / 2.4, 12.92, 0, 0, 0, 0],
};

/**
 * Most pixels that are developed. This build of LibRaw gets 2 GiB at most, its own limit, and takes of it a pixel: 2 bytes
 * of mosaic, 8 of what is made of it, 6 of result; besides, the file, of up to 2 bytes a pixel: 1,976 MiB in all for an
 * uncompressed one of 115 megapixels.
 */
const mostPixels = 115e6;

interface OpenRaw {
  /** Upright, as `develop` gives it. */
  readonly width: number;
  readonly height: number;
  develop(): Pixels;
}

/**
 * Opens a RAW file: CR2, CR3, NEF, ARW, RAF, DNG, ORF, RW2 and whatever else LibRaw knows.
 *
 * `develop` gives 16 bits per channel in Display P3 with the camera's own white balance, demosaiced with AHD
 * (Hirakawa and Parks, 2005).
 *
 * @throws {WasmDecodingError} damaged, too-large
 */
export async function openRaw(file: Uint8Array): Promise<OpenRaw> {
  const complaints: string[] = [];
  const damaged = () => new WasmDecodingError('damaged', complaints.at(-1)?.replace(/^.*?: /, '') ?? '');
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch {
      // C++ exceptions reach JavaScript as bare addresses; what LibRaw printed says more.
      throw damaged();
    }
  };
  const wasmBinary = await readFile(createRequire(import.meta.url).resolve('libraw-wasm/dist/libraw.wasm'));
  const { LibRaw } = await load({ wasmBinary, printErr: (line) => complaints.push(line) });
  const raw = new LibRaw();
  attempt(() => raw.open(file, settings));
  const { width, height } = attempt(() => raw.metadata(false));
  const develop = (): Pixels => {
    if (width * height > mostPixels) throw new WasmDecodingError('too-large', tooLarge(width * height));
    const image = attempt(() => raw.imageData());
    // Of a cut file LibRaw makes what it can, and prints why the rest is missing.
    if (complaints.length > 0) throw damaged();
    return toPixels(image);
  };
  return { width, height, develop };
}

const tooLarge = (pixels: number) =>
  `has ${Math.round(pixels / 1e6)} megapixels; RAW of up to ${mostPixels / 1e6} can be developed: save it as TIFF with the camera's own program`;

function toPixels({ width, height, colors, data }: RawImageData): Pixels {
  if (colors !== 1 && colors !== 3)
    throw new WasmDecodingError('unsupported', `has ${colors} colours per pixel`);
  return { width, height, channels: colors, depth: 16, data };
}
