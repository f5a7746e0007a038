import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOfName, outputNames } from '../../../main/restore/output-name.ts';

const source = join('photos', 'Été 2024.final.JPG');
const facts = { model: 'denoise-fast', scale: 1, width: 4000, height: 3000 };
const keep = { source, kept: 'jpeg', format: 'keep', facts } as const;

describe('outputNames', () => {
  it('puts -denoised behind the name, then counts from 2', () => {
    const { format, paths } = outputNames(keep);
    expect(format).toBe('jpeg');
    expect(paths.slice(0, 3)).toEqual([
      join('photos', 'Été 2024.final-denoised.JPG'),
      join('photos', 'Été 2024.final-denoised-2.JPG'),
      join('photos', 'Été 2024.final-denoised-3.JPG'),
    ]);
  });

  it('takes another folder when it is given', () => {
    expect(outputNames({ ...keep, folder: 'out' }).paths[0]).toBe(join('out', 'Été 2024.final-denoised.JPG'));
  });

  it('gives the extension of the chosen format', () => {
    const tiff = outputNames({ ...keep, format: 'tiff' });
    expect([tiff.format, tiff.paths[0]]).toEqual(['tiff', join('photos', 'Été 2024.final-denoised.tif')]);
  });

  it('goes by what the file is, not by what it is called', () => {
    const png = outputNames({ ...keep, source: 'scan.jpg', kept: 'png' });
    expect([png.format, png.paths[0]]).toEqual(['png', 'scan-denoised.png']);
  });

  it('follows a pattern', () => {
    const { paths } = outputNames({
      ...keep,
      pattern: '{name}-{model}-{scale}x',
      facts: { ...facts, scale: 2 },
    });
    expect(paths[1]).toBe(join('photos', 'Été 2024.final-denoise-fast-2x-2.JPG'));
  });

  it('shortens names that would be too long for a file system, but neither extension nor number', () => {
    const { paths } = outputNames({ ...keep, source: `${'é'.repeat(125)}.jpg` });
    for (const path of paths) expect(Buffer.byteLength(path)).toBeLessThanOrEqual(255);
    expect(paths[0]).toMatch(/^é{110,}-denoised\.jpg$/);
    expect(paths.at(-1)).toMatch(/^é{110,}-denoised-10000\.jpg$/);
  });

  it('tries nothing but an exact file, whose extension decides the format', () => {
    expect(outputNames({ ...keep, output: 'out/x.WEBP' })).toEqual({ format: 'webp', paths: ['out/x.WEBP'] });
    expect(outputNames({ ...keep, output: 'out/x' })).toEqual({ format: 'jpeg', paths: ['out/x'] });
  });
});

describe('formatOfName', () => {
  it.each([
    ['a.JPG', 'jpeg'],
    ['a.jpeg', 'jpeg'],
    ['a.tiff', 'tiff'],
    ['a.b.avif', 'avif'],
    ['a.gif', undefined],
    ['jpg', undefined],
  ])('of %s is %s', (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });
});
