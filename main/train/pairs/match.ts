/** Pairs of a clean and a noisy picture of the same scene, matched by the names of their files. */
import { basename, extname } from 'node:path';
import type { Refused } from '../../../preload/contract.ts';

export interface Pair {
  readonly clean: string;
  readonly noisy: string;
}

/** Words that only tell the two sides apart: "GT_SRGB_010" and "NOISY_SRGB_010" are one scene. */
const sides = /(^|[-_ .])(noisy|noise|clean|gt|real|mean|ref|reference|denoised)(?=$|[-_ .])/g;

/** @param noisy candidates; those that no clean picture is named like are left over */
export function matchPairs(
  clean: readonly string[],
  noisy: readonly string[],
): { pairs: Pair[]; refused: Refused[] } {
  const byName = new Map<string, string[]>();
  for (const path of noisy) byName.set(sceneOf(path), [...(byName.get(sceneOf(path)) ?? []), path]);
  const names = new Map<string, number>();
  for (const path of clean) names.set(sceneOf(path), (names.get(sceneOf(path)) ?? 0) + 1);
  const pairs: Pair[] = [];
  const refused: Refused[] = [];
  for (const path of clean) {
    const candidates = byName.get(sceneOf(path)) ?? [];
    const reason = whyNot(path, candidates, names.get(sceneOf(path)) ?? 0);
    if (reason === undefined) pairs.push({ clean: path, noisy: candidates[0] ?? '' });
    else refused.push({ path, reason });
  }
  return { pairs, refused };
}

function whyNot(path: string, candidates: readonly string[], alike: number): string | undefined {
  const name = basename(path);
  if (candidates.length === 0) return `No noisy picture is named like ${name}.`;
  if (alike > 1 || candidates.length > 1) {
    return `Several pictures are named like ${name}, so that it cannot be told which belong together.`;
  }
  return candidates[0] === path ? `${name} was named as clean and as noisy.` : undefined;
}

/** What a file is named after its side of the pair is taken away. */
function sceneOf(path: string): string {
  const name = basename(path, extname(path)).normalize('NFC').toLowerCase();
  return name
    .replace(sides, '$1')
    .replace(/[-_ .]+/g, '-')
    .replace(/^-|-$/g, '');
}
