import { describe, expect, it } from 'vitest';
import { exifBlock, uprightExif, uprightXmp } from '../../../main/image/exif.ts';
import { readDirectory, writeDirectory } from '../../../main/image/tag-directory.ts';

/**
 * A block in either byte order: orientation 6 and a pointer to an Exif directory, which holds a width (SHORT),
 * a height (LONG) and an exposure of 1/125 s behind it.
 */
function block(little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(88));
  const u16 = (at: number, value: number) => view.setUint16(at, value, little);
  const u32 = (at: number, value: number) => view.setUint32(at, value, little);
  const entry = (at: number, tag: number, type: number, value: number) => {
    u16(at, tag);
    u16(at + 2, type);
    u32(at + 4, 1);
    if (type === 3) u16(at + 8, value);
    else u32(at + 8, value);
  };
  u16(0, little ? 0x4949 : 0x4d4d);
  u16(2, 42);
  u32(4, 8);
  u16(8, 2);
  entry(10, 0x0112, 3, 6);
  entry(22, 0x8769, 4, 38);
  u16(38, 3);
  entry(40, 0x829a, 5, 80);
  entry(52, 0xa002, 3, 4000);
  entry(64, 0xa003, 4, 3000);
  u32(80, 1);
  u32(84, 125);
  return new Uint8Array(view.buffer);
}

describe('uprightExif', () => {
  it.each([true, false])('changes orientation and sizes, and no other byte (little-endian: %s)', (little) => {
    const before = block(little);
    const after = uprightExif(before, 3000, 4000);
    const view = new DataView(after.buffer);
    expect(view.getUint16(18, little)).toBe(1);
    expect(view.getUint16(60, little)).toBe(3000);
    expect(view.getUint32(72, little)).toBe(4000);
    const changed = [...after.keys()].filter((i) => after[i] !== before[i]);
    const fields = [18, 19, 60, 61, 72, 73, 74, 75];
    expect(changed.filter((i) => !fields.includes(i))).toEqual([]);
    expect(before).toEqual(block(little));
  });

  it('survives blocks that point outside themselves or are cut', () => {
    const wild = block(true);
    new DataView(wild.buffer).setUint32(30, 4_000_000_000, true);
    expect(uprightExif(wild, 1, 1)).toHaveLength(88);
    for (let length = 0; length < 88; length++)
      expect(uprightExif(block(false).subarray(0, length), 1, 1)).toHaveLength(length);
  });
});

describe('exifBlock', () => {
  it('leaves out the prefixes of JPEG and HEIF', () => {
    const bare = block(false);
    const prefixes = ['', 'Exif\0\0', '\0\0\0\0', '\0\0\0\x06Exif\0\0'];
    for (const prefix of prefixes)
      expect(exifBlock(Buffer.concat([Buffer.from(prefix, 'latin1'), bare]))).toEqual(bare);
  });

  it('is undefined for anything else', () => {
    expect(exifBlock(Buffer.from('no exif in here'))).toBeUndefined();
  });
});

describe('uprightXmp', () => {
  it.each([
    ['<a tiff:Orientation="8"/>', '<a tiff:Orientation="1"/>'],
    ["<a tiff:Orientation = '3'/>", "<a tiff:Orientation = '1'/>"],
    ['<tiff:Orientation>6</tiff:Orientation>é', '<tiff:Orientation>1</tiff:Orientation>é'],
    ['<b xmp:Rating="6"/>', '<b xmp:Rating="6"/>'],
  ])('makes %s %s', (before, after) => {
    expect(new TextDecoder().decode(uprightXmp(new TextEncoder().encode(before)))).toBe(after);
  });
});

describe('tag directories', () => {
  const reader = (bytes: Uint8Array) => (offset: number, length: number) =>
    bytes.subarray(offset, offset + length);

  it.each([true, false])(
    'are the same after being written and read again (from little-endian: %s)',
    (little) => {
      const tags = readDirectory(reader(block(little)), 8, little);
      const exposure = tags[1]?.directory?.[0];
      expect(exposure).toMatchObject({ tag: 0x829a, type: 5, count: 1 });
      expect([...(exposure?.value ?? [])]).toEqual([1, 0, 0, 0, 125, 0, 0, 0]);
      const at = 1000;
      const written = new Uint8Array(2000);
      written.set(writeDirectory(tags, at), at);
      const again = readDirectory(reader(written), at, true);
      const plain = (list: typeof tags): unknown[] =>
        list.map(({ tag, type, count, value, directory }) =>
          directory ? { tag, directory: plain([...directory]) } : { tag, type, count, value: [...value] },
        );
      expect(plain(again)).toEqual(plain(tags));
    },
  );

  it('leave out what points outside the file, and end where a file points at itself', () => {
    const cut = block(true).subarray(0, 82);
    expect(readDirectory(reader(cut), 8, true)[1]?.directory?.map(({ tag }) => tag)).toEqual([
      0xa002, 0xa003,
    ]);
    const loop = block(true);
    new DataView(loop.buffer).setUint32(30, 8, true);
    expect(() => readDirectory(reader(loop), 8, true)).not.toThrow();
  });
});
