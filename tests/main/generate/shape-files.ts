/** Shapes as files, and a run that learns from them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, vi } from 'vitest';
import type { GeneratorRequest } from '../../../main/generate/train.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { shapeRecipe, shapes } from './shapes.ts';

/** Writes shapes of 28 pixels into a folder, in a sub-folder for each class, and a damaged file beside them. */
export async function writeShapes(folder: string, count: number): Promise<void> {
  const pictures = shapes(count);
  for (const name of ['high', 'low']) await mkdir(join(folder, name), { recursive: true });
  const raw = { width: 28, height: 28, channels: 1 } as const;
  for (const [index, name] of pictures.names.entries()) {
    await sharp(pictures.values.subarray(index * 784, (index + 1) * 784), { raw })
      .toColourspace('b-w')
      .toFile(join(folder, name));
  }
  await writeFile(join(folder, 'low', 'broken.png'), 'no picture');
}

/** A short run of a small network on 48 shapes below a home. */
async function shapesRequest(home: string, name: string): Promise<GeneratorRequest> {
  const folder = join(home, 'pictures');
  await writeShapes(folder, 48);
  const { classes: _, ...recipe } = shapeRecipe({ epochs: 4 });
  return {
    run: join(home, 'runs', name),
    name,
    source: { kind: 'folder', folder, fit: 'centre' },
    recipe,
    resume: false,
    device: 'cpu',
  };
}

interface Shapes {
  /** A folder of the test's own, which the application takes for its home. */
  readonly home: string;
  /** What trains the model `tiny` on shapes there. */
  readonly request: GeneratorRequest;
}

/** Registers the hooks: a home with shapes to learn from for each test of a file. */
export function shapesSuite(): Shapes {
  let place: TemporaryFolder;
  let request: GeneratorRequest;
  beforeEach(async () => {
    place = await temporaryFolder();
    vi.stubEnv('RELUME_HOME', place.path);
    request = await shapesRequest(place.path, 'tiny');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await place.remove();
  });
  return {
    get home() {
      return place.path;
    },
    get request() {
      return request;
    },
  };
}
