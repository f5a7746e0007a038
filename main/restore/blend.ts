/** Mixes a picture with its restored version. */
import { blankLike, type Picture } from '../image/picture.ts';

/**
 * source + (result - source) x strength / 100, rounded; no network run.
 *
 * @param strength 0 (the source itself) to 100 (the result itself)
 * @throws RangeError when the two differ in shape or depth
 */
export function blend(source: Picture, result: Picture, strength: number): Picture {
  if (source.data.length !== result.data.length || source.depth !== result.depth)
    throw new RangeError('Expected the source and its result to have the same size, channels and depth.');
  if (strength >= 100) return result;
  if (strength <= 0) return source;
  const mixed = blankLike(source);
  const share = strength / 100;
  for (let i = 0; i < mixed.data.length; i++) {
    const from = source.data[i] as number;
    mixed.data[i] = from + ((result.data[i] as number) - from) * share + 0.5;
  }
  return mixed;
}
