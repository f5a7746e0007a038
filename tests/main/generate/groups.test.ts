import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeFiles } from '../../../main/generate/encode-files.ts';
import type { Generator } from '../../../main/generate/generator.ts';
import { openGenerator } from '../../../main/generate/generator-files.ts';
import { groupDirection } from '../../../main/generate/groups.ts';
import { collectionClasses, learntPictures, similarPictures } from '../../../main/generate/learnt.ts';
import { collectionMap } from '../../../main/generate/map.ts';
import { mapScores } from '../../../main/generate/map-scores.ts';
import { matrixOf, squaredDistance } from '../../../main/generate/matrix.ts';
import { defaultPlane, shownPlane } from '../../../main/generate/plane-pictures.ts';
import { SpaceMaps } from '../../../main/generate/space-map.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { tinyCount, writeTinyGenerator } from './tiny-generator.ts';

let home: TemporaryFolder;
let generator: Generator;

beforeAll(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  await writeTinyGenerator('shapes', { latent: 3 });
  generator = await openGenerator('shapes');
});
afterAll(async () => {
  await generator.dispose();
  vi.unstubAllEnvs();
  await home.remove();
});

describe('a direction between groups', () => {
  it('tells in which share of pictures it tells them apart', () => {
    const codes = matrixOf([
      [0, 0],
      [2, 0],
      [1, 3],
      [1, 5],
      [1, -4],
    ]);
    const { training } = generator;
    const thumbnails = { ...training.thumbnails, count: 5, labels: Uint16Array.of(0, 0, 1, 1, 1) };
    // From (1, 0) to (1, 4/3): the middle lies at 2/3, with both of the first and two of three of the second beyond.
    const found = groupDirection({ ...training, codes, thumbnails }, { label: 1 }, 'rest');
    expect(found.direction[0]).toBeCloseTo(0, 6);
    expect(found.direction[1]).toBeCloseTo(4 / 3, 6);
    expect(found).toMatchObject({ having: 3, without: 2 });
    expect(found.apart).toBeCloseTo((1 + 2 / 3) / 2, 6);
  });

  it('turns round with its groups', () => {
    const up = groupDirection(generator.training, { label: 0 }, 'rest');
    expect(up.having + up.without).toBe(tinyCount);
    expect(up.apart).toBeGreaterThan(0.6);
    const down = groupDirection(generator.training, { label: 1 }, { label: 0 });
    for (const [i, value] of down.direction.entries()) expect(value).toBeCloseTo(-(up.direction[i] ?? 0), 5);
  });

  it('of single pictures is the difference of their codes', () => {
    const { direction } = groupDirection(
      generator.training,
      { pictures: [4] },
      { pictures: [9, 9, tinyCount] },
    );
    const [there, here] = learntPictures(generator, [4, 9]).map(({ drawable }) => drawable.code);
    for (const [i, value] of direction.entries()) {
      expect(value).toBeCloseTo((there?.[i] ?? 0) - (here?.[i] ?? 0), 5);
    }
  });

  it('needs pictures in both', () => {
    expect(() => groupDirection(generator.training, 'rest', 'rest')).toThrow('choose at least one for each');
    expect(() => groupDirection(generator.training, { label: 7 }, 'rest')).toThrow(
      'choose at least one for each',
    );
  });
});

describe('pictures of the collection', () => {
  it('have their names, classes and codes', () => {
    const [picture] = learntPictures(generator, [11]);
    const label = generator.training.thumbnails.labels?.[11];
    expect(picture).toMatchObject({ index: 11, label, name: generator.training.thumbnails.names[11] });
    const [high, low] = collectionClasses(generator);
    expect([high?.name, low?.name]).toEqual(['high', 'low']);
    expect((high?.pictures ?? 0) + (low?.pictures ?? 0)).toBe(tinyCount);
    expect(() => learntPictures(generator, [tinyCount])).toThrow('no such picture');
  });

  it('are found by their likeness, the nearest first', () => {
    const found = similarPictures(generator, 7, 5);
    expect(new Set([...found, 7]).size).toBe(6);
    const code = (index: number) => learntPictures(generator, [index])[0]?.drawable.code ?? [];
    const far = found.map((index) => squaredDistance(code(7), code(index)));
    expect(far).toEqual([...far].sort((a, b) => a - b));
  });
});

it('puts every picture on the map for the window', async () => {
  const made: string[] = [];
  const maps = new SpaceMaps({
    map: (training, layout) => {
      made.push(layout);
      return collectionMap({ training }, layout);
    },
    scores: async (training) => mapScores({ training }),
  });
  const map = await maps.map(generator, 'pca');
  expect(await maps.map(generator, 'pca')).toEqual(map);
  expect(made).toEqual(['pca']);
  await expect(maps.map(generator, 'latent')).rejects.toThrow('choose pca or umap');
  expect(map.points).toHaveLength(2 * tinyCount);
  expect(map.labels).toHaveLength(tinyCount);
  expect(map.classes).toEqual(['high', 'low']);
  const scores = await maps.scores(generator);
  for (const share of [scores.agreement, scores.pixelsAgreement, scores.pixelsMapAgreement]) {
    expect(share).toBeGreaterThan(scores.chance ?? 1);
  }
});

it('lays a plane where the collection differs most, or through three codes of the same model', () => {
  const { plane, shown } = shownPlane(generator, undefined);
  expect(plane.origin).toEqual([...defaultPlane(generator).origin]);
  expect(shown).toBeGreaterThan(2 / 3);
  const through = shownPlane(generator, [
    [0, 0, 7],
    [3, 0, 7],
    [0, 3, 7],
  ]);
  expect(through.plane.origin).toEqual([1, 1, 7]);
  expect(through.plane.across).toEqual([2, 0, 0].map((value) => expect.closeTo(value, 6)));
  expect(() => shownPlane(generator, [[0], [1], [2]])).toThrow('these are of another model');
});

it('goes on with other files after one that is no picture', async () => {
  const { pictures, refused } = await encodeFiles(generator, [
    `${import.meta.dirname}/groups.test.ts`,
    `${import.meta.dirname}/../../../models/sample.jpg`,
  ]);
  expect(refused).toHaveLength(1);
  expect(pictures).toMatchObject([{ name: 'sample.jpg' }]);
  expect(pictures[0]?.drawable.code).toHaveLength(3);
});
