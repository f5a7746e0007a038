/** Learning to make pictures larger. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Scale, ShrinkKind } from '../../../preload/contract.ts';
import { crop, type Planes, roundToLevels } from '../../image/planes.ts';
import { resize } from '../../image/resize.ts';
import { asFound } from '../degradations/photo.ts';
import type { Damaged, Task } from './task.ts';

export function upscale(scale: Scale, shrink: ShrinkKind): Task {
  const set = { bicubic: 'held-out photos', photo: 'held-out photos, as found' }[shrink];
  const damage: Task['damage'] =
    shrink === 'bicubic'
      ? async (photo) => bicubicTrial(photo, scale)
      : async (photo, random) => ({ seen: await asFound(photo, scale, random), clean: photo });
  return {
    scale,
    cut: 1,
    learnsFrom: 'clean',
    metric: 'luminance',
    damage,
    trial: (photo, seed) => damage(photo, xoroshiro128plus(seed)),
    trialFacts: { set },
  };
}

/**
 * Bicubic reduction as published figures use it, rounded after each direction as MATLAB does; what the scale does
 * not divide is cut off.
 */
export function bicubicTrial(photo: Planes, scale: number): Damaged {
  const [width, height] = [Math.floor(photo.width / scale), Math.floor(photo.height / scale)];
  const clean = crop(photo, 0, 0, width * scale, height * scale);
  const narrow = roundToLevels(resize(clean, clean.width, height));
  return { seen: roundToLevels(resize(narrow, width, height)), clean };
}
