import { basename } from 'node:path';
import {
  detailLayer,
  displayTile as displayTileSide,
  layerOfBase,
  layerOfDetail,
  partDefaults,
} from '../../../preload/contract.ts';
import { compare } from '../../image/compare.ts';
import { displayTile, growingDisplayTile, rasterTile } from '../../image/display-tile.ts';
import { estimateNoise } from '../../image/noise-estimate.ts';
import { type Picture, PictureError } from '../../image/picture.ts';
import { pyramidOf } from '../../image/pyramid.ts';
import { resample } from '../../image/resample.ts';
import { blankInMemory, partOf, tiledInMemory } from '../../image/tiled-picture.ts';
import { RelumeError } from '../../library/failure.ts';
import { enlargedVersion } from '../../restore/enlarged-version.ts';
import { finish, type Restored } from '../../restore/finish.ts';
import type { PictureStore } from '../picture-store.ts';
import type { Handlers } from '../protocol.ts';
import type { ResultStore } from '../result-store.ts';
import type { RightOfWay } from '../right-of-way.ts';

interface Parts {
  readonly pictures: PictureStore;
  readonly results: ResultStore;
  readonly rightOfWay: RightOfWay;
}

export const pictureHandlers = ({
  pictures,
  results,
  rightOfWay,
}: Parts): Pick<Handlers, 'open' | 'close' | 'tile' | 'pixel' | 'measure'> => ({
  open: async ({ path }) => {
    const { picture } = await pictures.open(path);
    const { width, height, depth, format, note } = picture;
    return {
      width,
      height,
      depth,
      format,
      sigma: estimateNoise(picture).level,
      ...(note !== undefined && { note }),
    };
  },
  close: async ({ path }) => {
    pictures.close(path);
    return null;
  },
  tile: ({ path, layer, level, x, y }) =>
    rightOfWay.first(async () => {
      const growing = results.growing(layer);
      const part = growing && (await growingDisplayTile(growing, level, x, y));
      if (part) return part;
      const source = (await pictures.open(path)).picture;
      const enlarged = layerOfBase(layer);
      if (enlarged !== undefined) return baseTile(source, whole(results, enlarged), level, x, y);
      return displayTile(layer === 'source' ? source : shown(results, layer, source), level, x, y);
    }),
  pixel: async ({ path, layer, detail = false, x, y }) => {
    const { picture } = await pictures.open(path);
    if (layer === undefined) return { before: pixelOf(picture, x, y) };
    const result = shown(results, layer, picture);
    const enlarged = result.width === picture.width ? undefined : results.whole(layer);
    const below = (at: number) => Math.floor((at * picture.width) / result.width);
    const known = {
      after: pixelOf(result, x, y),
      before: pixelOf(picture, below(x), below(y)),
      ...(enlarged && { base: basePixel(picture, enlarged, x, y) }),
    };
    if (!detail) return known;
    return { ...known, detailed: pixelOf(shown(results, detailLayer(layer), picture), x, y) };
  },
  measure: async ({ path, layer, reference, ...kept }) => {
    const { picture } = await pictures.open(path);
    const truth = (await pictures.glance(reference)).picture;
    const result = layer === undefined ? undefined : whole(results, layer);
    const { width, height } = result?.picture ?? picture;
    refuseOtherSize({ width, height }, truth, reference);
    const before = await compare(resample(picture, width, height), truth);
    if (!result) return { before };
    const after = finish(tiledInMemory(picture), result, kept, {}, blankInMemory).whole();
    return { before, after: await compare(after, truth) };
  },
});

const allDetail = { strength: 100, parts: { ...partDefaults, detail: 100 } };

const gone = { code: 'no-such-layer', message: 'This preview is not kept any more; it can be made again.' };

/** The pixels of a preview's layer, or of its detail layer. */
function shown(results: ResultStore, layer: string, source: Picture): Picture {
  const plain = layerOfDetail(layer);
  const picture =
    plain === undefined
      ? results.layer(layer)
      : results.detailed(plain, (result) =>
          finish(tiledInMemory(source), result, allDetail, {}, blankInMemory).whole(),
        );
  if (!picture) throw new RelumeError(gone);
  return picture;
}

/** A display tile of an enlarged result as if nothing had been done before: what a blend begins with. */
function baseTile(source: Picture, result: Restored, level: number, column: number, row: number) {
  const picture = result.picture.whole();
  const tile = pyramidOf(picture).tile(level, column, row);
  const place = { left: column * displayTileSide, top: row * displayTileSide };
  return rasterTile(enlargedVersion(tiledInMemory(source), result, level)(tile, place), picture);
}

function basePixel(source: Picture, result: Restored, left: number, top: number): number[] {
  const area = { left, top, width: 1, height: 1 };
  const pixel = partOf(result.picture, area);
  return [...enlargedVersion(tiledInMemory(source), result)(pixel, area).data];
}

function whole(results: ResultStore, layer: string): Restored {
  const result = results.whole(layer);
  if (!result) throw new RelumeError(gone);
  return result;
}

function pixelOf({ width, height, channels, data }: Picture, x: number, y: number): number[] {
  if (x >= width || y >= height)
    throw new RangeError(`Expected a pixel inside ${width} x ${height} but received ${x}, ${y}.`);
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + channels)];
}

type Size = Pick<Picture, 'width' | 'height'>;

function refuseOtherSize(size: Size, truth: Size, path: string): void {
  if (size.width === truth.width && size.height === truth.height) return;
  const [wanted, found] = [size, truth].map(({ width, height }) => `${width} × ${height}`);
  throw new PictureError(
    'unsupported',
    path,
    `${basename(path)} is ${found}, so it cannot be a reference for a picture of ${wanted}.`,
  );
}
