import { describe, expect, it } from 'vitest';
import { targetFor } from '../../../main/cli/target.ts';

const one = { files: 1, isFolder: false, format: 'keep' } as const;

describe('--output', () => {
  it('left out puts every result beside its source', () => {
    expect(targetFor(undefined, { ...one, files: 3 })).toEqual({ kind: 'save', save: {} });
  });

  it.each(['/out/a.jpg', '/out/a.JPEG', '/out/a.tif', '/out/a.webp', '/out/a.avif', '/out/a.png'])(
    'is exactly the file %s for one picture',
    (path) => {
      expect(targetFor(path, one)).toEqual({ kind: 'save', save: { output: path } });
    },
  );

  it.each(['/out', '/out/2026.11', '/out/a.txt'])('is the folder %s', (path) => {
    expect(targetFor(path, one)).toEqual({ kind: 'save', save: { folder: path } });
    expect(targetFor(path, { ...one, files: 3 })).toEqual({ kind: 'save', save: { folder: path } });
  });

  it('is a folder when that exists, whatever its name', () => {
    expect(targetFor('/out/a.jpg', { ...one, isFolder: true })).toEqual({
      kind: 'save',
      save: { folder: '/out/a.jpg' },
    });
  });

  it('refuses one file for several pictures', () => {
    expect(targetFor('/out/a.jpg', { ...one, files: 2 })).toMatchObject({
      kind: 'contradiction',
      reason: '--output a.jpg is one file, but there are 2 pictures',
    });
  });

  it.each(['/out/a.gif', '/out/a.HEIC', '/out/a.nef', '/out/a.bmp'])(
    'refuses %s, which no folder is called and nothing can be written as',
    (path) => {
      expect(targetFor(path, one)).toMatchObject({
        kind: 'contradiction',
        reason: expect.stringMatching(
          /^--output a\.\w+: Relume writes jpeg, png, tiff, webp, avif, not \.\w+$/,
        ),
      });
      expect(targetFor(path, { ...one, isFolder: true }).kind).toBe('save');
    },
  );

  it('refuses an extension that contradicts --format', () => {
    expect(targetFor('/out/a.jpg', { ...one, format: 'png' }).kind).toBe('contradiction');
    expect(targetFor('/out/a.jpg', { ...one, format: 'jpeg' }).kind).toBe('save');
  });
});
