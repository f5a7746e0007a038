import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOfName, outputNames } from '../../../main/restore/output-name.ts';

const source = join('photos', 'Été 2024.final.JPG');
const keep = { source, sourceFormat: 'jpeg', format: 'keep' } as const;

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
    const png = outputNames({ source: 'scan.jpg', sourceFormat: 'png', format: 'keep' });
    expect([png.format, png.paths[0]]).toEqual(['png', 'scan-denoised.png']);
  });

  it('writes PNG for sources that can be read but not written', () => {
    const gif = outputNames({ source: 'a.gif', sourceFormat: 'gif', format: 'keep' });
    expect([gif.format, gif.paths[0]]).toEqual(['png', 'a-denoised.png']);
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
