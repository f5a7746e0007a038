import { partDefaults, type RestoreOptions, saveDefaults } from '../../preload/contract.ts';
import type { Shared } from './shared-options.svelte.ts';

/** What is chosen for a picture by itself. */
export type PictureOptions = Pick<RestoreOptions, 'sigma' | 'strength' | 'parts'>;

export const pictureDefaults: PictureOptions = { strength: saveDefaults.strength, parts: partDefaults };

/** All that is chosen, each part in one order, so that two of them can be compared as text. */
export function allOptions(
  { model, cleaner, upscaler, save, pattern }: Shared,
  { sigma, strength, parts }: PictureOptions,
): RestoreOptions {
  const { format, quality, stripMetadata, chroma } = save;
  const { luminance, colour, detail } = parts;
  return {
    ...(sigma !== undefined && { sigma }),
    strength,
    parts: { luminance, colour, detail },
    model,
    ...(cleaner !== undefined && { cleaner }),
    ...(upscaler !== undefined && { upscaler }),
    save: { format, quality, stripMetadata, ...(chroma !== undefined && { chroma }) },
    pattern,
  };
}

export function sameOptions(one: RestoreOptions, other: RestoreOptions): boolean {
  return JSON.stringify(allOptions(one, one)) === JSON.stringify(allOptions(other, other));
}
