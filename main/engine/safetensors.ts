/**
 * Weights on disk in the safetensors format: a length, a JSON header, then the raw values.
 *
 * Format: https://huggingface.co/docs/safetensors. Only float32 is written and read.
 */
import { z } from 'zod';

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const entrySchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).optional() })
  .catchall(entrySchema);

/** The file's bytes in parts, so that large vectors are not copied to be written. */
export function encodeSafetensors(file: TensorFile): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: file.metadata };
  let offset = 0;
  for (const [name, { shape, values }] of file.tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  // Padded with spaces so that the values begin at a multiple of eight bytes.
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  const values = [...file.tensors.values()].map(
    (tensor) => new Uint8Array(tensor.values.buffer, tensor.values.byteOffset, tensor.values.byteLength),
  );
  return [length, json, ...values];
}

/** @throws Error saying what is wrong when the bytes are not a complete safetensors file. */
export function decodeSafetensors(bytes: Uint8Array): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.byteLength < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (headerLength < 0 || 8 + headerLength > bytes.byteLength) throw new Error('the header is cut short');
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + headerLength));
  const { __metadata__: metadata = {}, ...entries } = headerSchema.parse(JSON.parse(text));
  const start = 8 + headerLength;
  const tensors = Object.entries(entries).map(([name, entry]) => {
    const [from, to] = entry.data_offsets;
    if (to < from || start + to > bytes.byteLength) throw new Error(`the values of ${name} are cut short`);
    // A copy: the view may begin where no float can, and a Buffer's own slice would share its memory.
    const values = new Float32Array(Uint8Array.from(bytes.subarray(start + from, start + to)).buffer);
    if (values.length !== entry.shape.reduce((size, axis) => size * axis, 1)) {
      throw new Error(`${name} has ${values.length} values, not those of [${entry.shape.join(', ')}]`);
    }
    return [name, { shape: entry.shape, values }] as const;
  });
  return { tensors: new Map(tensors), metadata };
}
