import { expect, it } from 'vitest';
import { pyramidOf } from '../../../main/image/pyramid.ts';
import { resample } from '../../../main/image/resample.ts';
import { partOf, tiledInMemory } from '../../../main/image/tiled-picture.ts';
import { enlargedVersion } from '../../../main/restore/enlarged-version.ts';
import { randomPicture } from '../image/samples.ts';

const whole = { left: 0, top: 0, width: 96, height: 72 };

/** A picture of few contrasts, so that nothing is cut off at black or white. */
function soft(width: number, height: number, seed: number) {
  const picture = randomPicture(width, height, 3, 16, seed);
  return { ...picture, data: picture.data.map((value) => 30_000 + value / 16) };
}

const [source, cleaned, enlarged] = [soft(32, 24, 1), soft(32, 24, 2), soft(96, 72, 3)];
const restored = { cleaned: tiledInMemory(cleaned), picture: tiledInMemory(enlarged) };
const version = enlargedVersion(tiledInMemory(source), restored);

it('differs from the enlarged picture by what the two versions differ in when they are enlarged', () => {
  const [from, to] = [resample(cleaned, 96, 72).data, resample(source, 96, 72).data];
  const expected = enlarged.data.map((value, i) => value + (to[i] ?? 0) - (from[i] ?? 0));
  const { data } = version(enlarged, whole);
  // Both that are enlarged above are rounded.
  expect(Math.max(...data.map((value, i) => Math.abs(value - (expected[i] ?? 0))))).toBeLessThanOrEqual(1);
});

it('is the same part by part', () => {
  const all = tiledInMemory({ ...enlarged, ...version(enlarged, whole) });
  for (const part of [
    { left: 0, top: 0, width: 10, height: 10 },
    { left: 41, top: 13, width: 33, height: 20 },
    { left: 95, top: 71, width: 1, height: 1 },
  ])
    expect(version(partOf(restored.picture, part), part).data).toEqual(all.read(part));
});

it('is reduced as the enlarged picture is', () => {
  const full = pyramidOf({ ...enlarged, ...version(enlarged, whole) });
  for (const level of [1, 2, 3]) {
    const [expected, part] = [full.tile(level, 0, 0), pyramidOf(enlarged).tile(level, 0, 0)];
    const { data } = enlargedVersion(tiledInMemory(source), restored, level)(part, { left: 0, top: 0 });
    // Every level rounds.
    expect(Math.max(...data.map((value, i) => Math.abs(value - (expected.data[i] ?? 0))))).toBeLessThan(4);
  }
});
