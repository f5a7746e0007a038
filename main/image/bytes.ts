/** Bytes: joining them, reading them as text, and reading files piece by piece. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Joins byte arrays into one. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One character per byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Reads `length` bytes at `offset`; fewer at the end. */
export type ReadAt = (offset: number, length: number) => Uint8Array;

/** Reads from memory. */
export function reader(bytes: Uint8Array): ReadAt {
  return (offset, length) => bytes.subarray(offset, offset + length);
}

/** A file's content, in memory or still on the disk. */
export interface Content {
  readonly length: number;
  readonly read: ReadAt;
}

export const contentOf = (bytes: Uint8Array): Content => ({ length: bytes.length, read: reader(bytes) });

/** Bytes that are read from a file at once. */
const atOnce = 2 ** 23;

/** A stretch of a content, up to its end by default, a piece at a time. */
export function* stretch({ length, read }: Content, from: number, to = length): Generator<Uint8Array> {
  for (let at = from; at < to; at += atOnce) yield read(at, Math.min(atOnce, to - at));
}

/** Calls back with a function that reads the file, which is closed afterwards. */
export function withReader<T>(path: string, use: (read: ReadAt) => T): T {
  const file = openSync(path, 'r');
  try {
    return use((offset, length) => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    });
  } finally {
    closeSync(file);
  }
}
