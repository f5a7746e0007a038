import { expect, it } from 'vitest';
import type { RestoreOptions } from '../../../preload/contract.ts';
import { allOptions, pictureDefaults, sameOptions } from '../../../renderer/restore/picture-options.ts';

const shared = {
  model: 'denoise-fast',
  cleaner: undefined,
  save: { format: 'keep', quality: 92, stripMetadata: false },
  pattern: '',
} as const;

it('what is not chosen is left out', () => {
  expect(allOptions(shared, pictureDefaults)).toEqual({
    strength: 100,
    parts: { luminance: 100, colour: 100, detail: 0 },
    model: 'denoise-fast',
    save: { format: 'keep', quality: 92, stripMetadata: false },
    pattern: '',
  });
});

it('options are the same whatever order they were chosen in, and other where one differs', () => {
  const one = allOptions({ ...shared, upscaler: 'upscale-2x' }, { ...pictureDefaults, sigma: 12 });
  const turned = Object.fromEntries(Object.entries(one).reverse()) as RestoreOptions;
  expect(sameOptions(one, turned)).toBe(true);
  expect(sameOptions(one, { ...one, sigma: 12.5 })).toBe(false);
  expect(sameOptions(one, { ...one, parts: { ...one.parts, detail: 1 } })).toBe(false);
});
