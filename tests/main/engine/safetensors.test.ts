import { expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../../main/engine/safetensors.ts';

const tensors = new Map([
  ['a', { shape: [2, 1], values: Float32Array.of(1.5, -2) }],
  ['b', { shape: [3], values: Float32Array.of(3, 4, 5) }],
]);
const bytes = () => Buffer.concat(encodeSafetensors({ tensors, metadata: { step: '7' } }));

it('reads back what it wrote', () => {
  const { tensors: read, metadata } = decodeSafetensors(bytes());
  expect([...read]).toEqual([...tensors]);
  expect(metadata).toEqual({ step: '7' });
});

it('begins with the header length and JSON, as the format says', () => {
  const length = Number(bytes().readBigUInt64LE());
  const header = JSON.parse(
    bytes()
      .subarray(8, 8 + length)
      .toString(),
  );
  expect(header.b).toEqual({ dtype: 'F32', shape: [3], data_offsets: [8, 20] });
  expect(bytes().readFloatLE(8 + length)).toBe(1.5);
});

it.each([4, 40, 8])('recognizes a file that is cut short by %i bytes', (missing) => {
  expect(() => decodeSafetensors(bytes().subarray(0, -missing))).toThrow();
});
