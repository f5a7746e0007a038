/** What to choose for a collection when the person has chosen nothing. */
import type { Suggestion } from '../../preload/contract.ts';
import { classesAmong, foldersAsClasses } from './classes.ts';
import { commonFolder } from './common-folder.ts';

export interface KnownPicture {
  readonly path: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
}

/** Share of grey pictures from which on a collection is taken for grey. */
const mostlyGrey = 0.95;
/** Numbers a picture, by the number of pictures: the more there are, the more can be told apart. */
const latents = [
  [0, 8],
  [300, 16],
  [1000, 32],
  [5000, 64],
] as const;

export function suggest(pictures: readonly KnownPicture[]): Suggestion {
  const paths = pictures.map(({ path }) => path);
  const grey = pictures.filter((picture) => picture.grey).length;
  return {
    pictures: pictures.length,
    size: sizeFor(pictures),
    channels: grey >= mostlyGrey * pictures.length ? 1 : 3,
    latent: latents.findLast(([from]) => pictures.length >= from)?.[1] ?? latents[0][1],
    classes: classesAmong(paths, foldersAsClasses(commonFolder(paths))),
  };
}

/** No larger than most of the pictures are, and no larger than can be learnt in a sitting. */
function sizeFor(pictures: readonly KnownPicture[]): Suggestion['size'] {
  const sides = pictures.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  const usual = sides[Math.floor(sides.length / 2)] ?? 0;
  if (usual >= 64) return 64;
  return usual >= 32 ? 32 : 28;
}

/** For the digits: two numbers, so that all of what is learnt can be seen at once. */
export const digitsSuggestion = (pictures: number, classes: readonly string[]): Suggestion => ({
  pictures,
  size: 28,
  channels: 1,
  latent: 2,
  classes: [...classes],
});
