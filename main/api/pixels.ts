/** Pictures for the screen by their paths, which the contract makes. */
import { join } from 'node:path';
import { generatorPreviewLayers, lookSides, previewLayers, shownDamages } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';
import { runsFolder } from '../library/paths.ts';
import { readPreview } from '../train/run-preview-files.ts';
import type { ApiContext } from './context.ts';
import { readDrawn, readEnlarged } from './generate.ts';
import { readGathered, readPlanePicture, readPlaneTile } from './generate-space.ts';

type Parts = Readonly<Record<string, string>>;

const id = '[\\w-]+';
const place = '\\d{1,9}';
const onPlane = `plane/(?<model>${id})/${id}/(?<label>any|\\d{1,5})/(?<plane>[\\w-]{8,5000})`;

/** Each kind of path, by its pattern, and how it is answered. */
const kinds: readonly (readonly [RegExp, (context: ApiContext, parts: Parts) => Promise<Uint8Array>])[] = [
  [
    pattern(`collections/(?<collection>${id})/(?<index>${place})`),
    ({ collections }, { collection = '', index }) => collections.thumbnail(collection, Number(index)),
  ],
  [
    pattern(`runs/(?<run>${id})/${place}/(?<index>${place})/(?<layer>\\w+)`),
    (_, { run = '', index, layer }) =>
      readPreview(
        join(runsFolder(), run),
        Number(index),
        oneOf([...previewLayers, ...generatorPreviewLayers], layer),
      ),
  ],
  [
    pattern(
      `damage/(?<collection>${id})/(?<index>${place})/(?<damage>\\w+)/(?<strength>\\d{1,3})/(?<layer>\\w+)`,
    ),
    ({ collections }, { collection = '', index, damage, strength, layer }) =>
      collections.damage(collection, Number(index), {
        damage: oneOf(shownDamages, damage),
        strength: Number(strength),
        layer: oneOf(['seen', 'clean'], layer),
      }),
  ],
  [
    pattern(
      `drawn/(?<model>${id})/${id}/(?<label>any|\\d{1,5})/(?<columns>[1-9]\\d{0,2})/(?<codes>[\\w-]{6,700000})`,
    ),
    (context, { model = '', label = '', columns = '', codes = '' }) =>
      readDrawn(context, { model, label, columns, codes }),
  ],
  [
    pattern(
      `enlarged/(?<model>${id})/${id}/(?<label>any|\\d{1,5})/(?<upscaler>${id})/(?<codes>[\\w-]{6,1400})`,
    ),
    (context, { model = '', label = '', upscaler = '', codes = '' }) =>
      readEnlarged(context, { model, label, upscaler, codes }),
  ],
  [
    pattern(`models/(?<model>${id})/\\w+/(?<side>\\w+)`),
    ({ looks }, { model = '', side }) => looks.read(model, oneOf(lookSides, side)),
  ],
  [pattern(`seen/(?<picture>${id})`), async ({ seen }, { picture = '' }) => seen.get(picture)],
  [
    pattern(`learnt/(?<model>${id})/${id}/(?<index>${place})`),
    ({ compute }, { model = '', index }) => compute.call('learntPicture', { model, index: Number(index) }),
  ],
  [
    pattern(`${onPlane}/at/(?<x>${place})/(?<y>${place})`),
    (context, { model = '', label = '', plane = '', x = '', y = '' }) =>
      readPlanePicture(context, { model, label, plane, x, y }),
  ],
  [
    pattern(`${onPlane}/(?<level>\\d{1,2})/(?<x>${place})/(?<y>${place})`),
    (context, { model = '', label = '', plane = '', level = '', x = '', y = '' }) =>
      readPlaneTile(context, { model, label, plane, level, x, y }),
  ],
  [
    pattern(`gathered/(?<model>${id})/${id}/(?<indices>\\d{1,9}(?:-\\d{1,9}){0,255})`),
    (context, { model = '', indices = '' }) => readGathered(context, { model, indices }),
  ],
  [
    pattern(`(?<picture>${id})/(?<layer>${id})/(?<level>\\d{1,2})/(?<x>\\d{1,6})/(?<y>\\d{1,6})`),
    ({ compute, pictures }, { picture = '', layer = '', level, x, y }) => {
      const { path } = pictures.get(picture);
      return compute.call('tile', { path, layer, level: Number(level), x: Number(x), y: Number(y) });
    },
  ],
];

/**
 * The picture at a path, PNG.
 *
 * @throws {RelumeError} 'bad-request' for a path of another form, 'no-such-picture', and what reading says
 */
export async function readPixels(context: ApiContext, pathname: string): Promise<Uint8Array> {
  for (const [form, read] of kinds) {
    const parts = form.exec(pathname)?.groups;
    if (parts) return read(context, parts);
  }
  throw notAPath(pathname);
}

function pattern(form: string): RegExp {
  return new RegExp(`^/pixels/${form}$`);
}

function oneOf<T extends string>(known: readonly T[], word = ''): T {
  const found = known.find((each) => each === word);
  if (found === undefined) throw notAPath(word);
  return found;
}

const notAPath = (path: string) =>
  new RelumeError({ code: 'bad-request', message: `${path} is not the path of a picture.` });
