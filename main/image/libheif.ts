/** Decodes HEIC and other HEIF pictures with libheif, compiled to WebAssembly. Runs in the picture worker. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import load from 'libheif-js/libheif-wasm/libheif.js';
import { z } from 'zod';
import { type Pixels, WasmDecodingError } from './wasm-decoder.ts';

/** What libheif answers: pixels in one interleaved channel, or an error. */
const decodedSchema = z.object({
  channels: z.tuple([
    z.object({
      width: z.number().int(),
      height: z.number().int(),
      stride: z.number().int(),
      bits_per_pixel: z.number().int(),
      data: z.instanceof(Uint8Array),
    }),
  ]),
});
const failedSchema = z.object({ message: z.string() });

/**
 * Decodes the primary picture to RGB or RGB + alpha, upright.
 *
 * @param deep 16 bits per channel instead of 8, for sources of 10 and 12
 * @throws {WasmDecodingError} damaged
 */
export async function decodeHeic(file: Uint8Array, deep: boolean): Promise<Pixels> {
  const wasmBinary = await readFile(
    createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm'),
  );
  const heif = load({ wasmBinary });
  const context = heif.heif_context_alloc();
  const { message } = heif.heif_context_read_from_memory(context, file);
  const handle = heif.heif_js_context_get_primary_image_handle(context);
  if (!handle || failedSchema.safeParse(handle).success) throw failed(handle, message);
  const alpha = heif.heif_image_handle_has_alpha_channel(handle) !== 0;
  const { heif_chroma: chroma, heif_colorspace: space } = heif;
  const eight = alpha ? chroma.heif_chroma_interleaved_RGBA : chroma.heif_chroma_interleaved_RGB;
  const more = alpha ? chroma.heif_chroma_interleaved_RRGGBBAA_LE : chroma.heif_chroma_interleaved_RRGGBB_LE;
  const answer = heif.heif_js_decode_image2(handle, space.heif_colorspace_RGB, deep ? more : eight);
  const decoded = decodedSchema.safeParse(answer);
  if (!decoded.success) throw failed(answer, message);
  const [plane] = decoded.data.channels;
  const { width, height } = plane;
  const channels = alpha ? 4 : 3;
  return deep
    ? {
        width,
        height,
        channels,
        depth: 16,
        data: spread(withoutPadding(plane, channels * 2), plane.bits_per_pixel),
      }
    : { width, height, channels, depth: 8, data: withoutPadding(plane, channels) };
}

function failed(answer: unknown, message: unknown): WasmDecodingError {
  const own = failedSchema.safeParse(answer);
  return new WasmDecodingError('damaged', own.success ? own.data.message : String(message));
}

interface Plane {
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly data: Uint8Array;
}

function withoutPadding(
  { width, height, stride, data }: Plane,
  bytesPerPixel: number,
): Uint8Array<ArrayBuffer> {
  const length = width * bytesPerPixel;
  const dense = new Uint8Array(length * height);
  for (let row = 0; row < height; row++)
    dense.set(data.subarray(row * stride, row * stride + length), row * length);
  return dense;
}

/** Little-endian samples of so many bits, spread over all 16: the brightest becomes 65,535. */
function spread(bytes: Uint8Array<ArrayBuffer>, bits: number): Uint16Array {
  const samples = new Uint16Array(bytes.buffer);
  const scale = 65_535 / (2 ** bits - 1);
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] as number) * scale + 0.5;
  return samples;
}
