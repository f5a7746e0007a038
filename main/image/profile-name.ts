/** The name that a colour profile gives itself (ICC.1:2022 sections 7.2, 9.2.41, 10.15; v2's textDescription). */

const headerLength = 128;

/** @returns undefined when the profile names none */
export function profileName(icc: Uint8Array): string | undefined {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  const count = icc.length >= headerLength + 4 ? view.getUint32(headerLength) : 0;
  for (let i = 0, at = headerLength + 4; i < count && at + 12 <= icc.length; i++, at += 12) {
    if (latin(icc.subarray(at, at + 4)) !== 'desc') continue;
    const offset = view.getUint32(at + 4);
    return nameIn(icc.subarray(offset, offset + view.getUint32(at + 8)));
  }
  return undefined;
}

function nameIn(tag: Uint8Array): string | undefined {
  if (tag.length < 12) return undefined;
  const view = new DataView(tag.buffer, tag.byteOffset, tag.byteLength);
  const kind = latin(tag.subarray(0, 4));
  if (kind === 'desc') return tidy(latin(tag.subarray(12, 12 + view.getUint32(8))));
  if (kind !== 'mluc' || tag.length < 28) return undefined;
  const length = view.getUint32(20);
  const offset = view.getUint32(24);
  return tidy(new TextDecoder('utf-16be').decode(tag.subarray(offset, offset + length)));
}

const latin = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const tidy = (text: string) => text.replace(/\0.*$/s, '').trim() || undefined;
