/** The pairs that a person means by noisy pictures beside clean ones: matched, decoded, compared. */
import { basename } from 'node:path';
import type { Refused } from '../../../preload/contract.ts';
import { decode } from '../../image/decode.ts';
import { PictureError } from '../../image/picture.ts';
import { brightnessOf } from '../../image/structure.ts';
import { findPictures } from '../../library/find-pictures.ts';
import type { NoisyPaths } from '../dataset/split.ts';
import { misalignment } from './alignment.ts';
import { matchPairs, type Pair } from './match.ts';

export interface FoundPairs {
  readonly noisyPaths: NoisyPaths;
  /** Clean pictures without a partner that fits, and why. */
  readonly refused: readonly Refused[];
}

/** @throws {RelumeError} 'no-folder'; the signal's reason when cancelled */
export async function findPairs(
  clean: readonly string[],
  noisy: readonly string[],
  signal: AbortSignal,
  report: (share: number) => void,
): Promise<FoundPairs> {
  const { pairs, refused } = matchPairs(clean, await findPictures(noisy));
  const noisyPaths: Record<string, string> = {};
  for (const [index, pair] of pairs.entries()) {
    signal.throwIfAborted();
    const reason = await unusable(pair);
    if (reason === undefined) noisyPaths[pair.clean] = pair.noisy;
    else refused.push({ path: pair.clean, reason });
    report((index + 1) / pairs.length);
  }
  return { noisyPaths, refused };
}

async function unusable({ clean, noisy }: Pair): Promise<string | undefined> {
  try {
    const [a, b] = [brightnessOf(await decode(clean)), brightnessOf(await decode(noisy))];
    const reason = misalignment(a, b);
    return reason && `${basename(noisy)} ${reason}: a pair must fit pixel by pixel.`;
  } catch (error) {
    if (error instanceof PictureError) return error.message;
    throw error;
  }
}
