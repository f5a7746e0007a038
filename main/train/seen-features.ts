/** What the pictures are like that a network sees in training. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type FeatureRanges, featureNames, featureRangesSchema } from '../../preload/contract.ts';
import { type Features, featureSide, featuresOf } from '../image/features.ts';
import { PictureError } from '../image/picture.ts';
import { type Planes, toRgb } from '../image/planes.ts';
import { tiledInMemory } from '../image/tiled-picture.ts';
import { cutMiddle } from './patches.ts';
import type { Photo } from './photos.ts';
import type { Task } from './tasks/task.ts';

/** Photos that are looked at: enough for the ranges, few enough to wait for. */
const most = 20;
/** What every scale divides. */
const multiple = 12;

/**
 * From the lowest to the highest value of each feature over some of the photos, damaged as in training.
 *
 * @param read gives a photo of a path
 * Photos that cannot be read any more are passed over.
 *
 * @returns undefined where no photo is large enough to say anything
 */
export async function seenFeatures(
  paths: readonly string[],
  task: Task,
  read: (path: string) => Promise<Photo>,
): Promise<FeatureRanges | undefined> {
  const step = Math.max(1, Math.floor(paths.length / most));
  const seen: Features[] = [];
  const random = xoroshiro128plus(1);
  for (const [index, path] of paths.entries()) {
    if (index % step !== 0) continue;
    const photo = await read(path).catch((error: unknown) => {
      if (error instanceof PictureError) return undefined;
      throw error;
    });
    const square = photo && cutMiddle(photo, featureSide * task.scale, multiple);
    if (!square || square.width === 0) continue;
    seen.push(featuresOf(tiledInMemory(pictureOf((await task.damage(square, random)).seen))));
  }
  const ranges = featureNames.flatMap((name) => {
    const values = seen.flatMap((features) => features[name] ?? []);
    // What most photos hide says nothing of the others.
    return 2 * values.length <= seen.length
      ? []
      : [[name, [rounded(Math.min(...values)), rounded(Math.max(...values))]]];
  });
  return featureRangesSchema.safeParse(Object.fromEntries(ranges)).data;
}

const rounded = (value: number) => Math.round(value * 100) / 100;

function pictureOf(planes: Planes) {
  const { width, height } = planes;
  return { width, height, channels: 3, depth: 8, data: toRgb(planes), format: 'png', metadata: {} } as const;
}
