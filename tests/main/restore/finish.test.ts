import { expect, it } from 'vitest';
import type { Picture } from '../../../main/image/picture.ts';
import { blankInMemory, tiledInMemory } from '../../../main/image/tiled-picture.ts';
import { finish, type TargetSize, targetSize } from '../../../main/restore/finish.ts';
import type { Blend } from '../../../preload/contract.ts';

/** A picture of one grey. */
function flat(level: number, width: number, height: number): Picture {
  const data = new Uint8Array(width * height * 3).fill(level);
  return { width, height, channels: 3, depth: 8, data, format: 'png', metadata: {} };
}

function finished(
  source: Picture,
  cleaned: Picture,
  enlarged: Picture,
  kept: Blend,
  target: TargetSize = {},
) {
  const restored = { cleaned: tiledInMemory(cleaned), picture: tiledInMemory(enlarged) };
  return finish(tiledInMemory(source), restored, kept, target, blankInMemory).whole();
}

it.each([
  [{}, [600, 400]],
  [{ width: 300 }, [300, 200]],
  [{ height: 100 }, [150, 100]],
  [{ width: 50, height: 50 }, [50, 50]],
  [{ megapixels: 0.06 }, [300, 200]],
])('a target of %o makes 600 x 400 pixels %o', (target, [width, height]) => {
  expect(targetSize({ width: 600, height: 400 }, target)).toEqual({ width, height });
});

it('keeps as much of the restoration as is wished, without a second run for the enlarged picture', () => {
  const [source, cleaned, enlarged] = [flat(100, 8, 6), flat(60, 8, 6), flat(62, 16, 12)];
  const at = (strength: number) => finished(source, cleaned, enlarged, { strength }).data[0];
  expect(at(100)).toBe(62);
  // Half of what was removed, 20 levels, comes back.
  expect(at(50)).toBe(82);
  expect(at(0)).toBe(102);
});

it('brings the result to the wished size', () => {
  const cleaned = flat(60, 8, 6);
  const { width, height, data } = finished(
    cleaned,
    cleaned,
    flat(70, 16, 12),
    { strength: 100 },
    { width: 12 },
  );
  expect([width, height, data.length]).toEqual([12, 9, 12 * 9 * 3]);
  expect(new Set(data)).toEqual(new Set([70]));
});
