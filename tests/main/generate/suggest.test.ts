import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commonFolder } from '../../../main/generate/common-folder.ts';
import { type KnownPicture, suggest } from '../../../main/generate/suggest.ts';

const pictures = (count: number, change: (index: number) => Partial<KnownPicture> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({
    path: join('/photos', `${index}.jpg`),
    width: 4000,
    height: 3000,
    grey: false,
    ...change(index),
  }));

it('takes colour unless hardly any picture has it', () => {
  expect(suggest(pictures(100, (index) => ({ grey: index < 90 }))).channels).toBe(3);
  expect(suggest(pictures(100, (index) => ({ grey: index < 96 }))).channels).toBe(1);
});

it('draws no larger than the pictures are', () => {
  expect(suggest(pictures(10)).size).toBe(64);
  expect(suggest(pictures(10, () => ({ width: 48, height: 32 }))).size).toBe(32);
  expect(suggest(pictures(10, () => ({ width: 28, height: 28 }))).size).toBe(28);
});

it('takes more numbers a picture the more pictures there are', () => {
  const latents = [20, 300, 1000, 5000].map((count) => suggest(pictures(count)).latent);
  expect(latents).toEqual([8, 16, 32, 64]);
});

it('knows sub-folders for classes, unless they hold hardly a picture each', () => {
  const sorted = (folders: number) =>
    pictures(20, (index) => ({ path: join('/photos', `class-${index % folders}`, `${index}.jpg`) }));
  expect(suggest(sorted(2)).classes).toEqual(['class-0', 'class-1']);
  expect(suggest(sorted(20)).classes).toEqual([]);
  expect(suggest(pictures(20)).classes).toEqual([]);
});

it('finds the deepest folder that files have in common', () => {
  expect(commonFolder([join('/a', 'b', 'c', '1.png'), join('/a', 'b', '2.png')])).toBe(join('/a', 'b'));
  expect(commonFolder([join('/a', 'bc', '1.png'), join('/a', 'bd', '2.png')])).toBe('/a');
  expect(commonFolder(['/1.png', join('/a', '2.png')])).toBe('/');
  expect(commonFolder([])).toBe('');
});
