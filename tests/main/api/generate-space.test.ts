import { beforeEach, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../../../main/api/api.ts';
import type { ComputeMethods, Handlers } from '../../../main/compute/protocol.ts';
import {
  gatheredPath,
  planePicturePath,
  planeTilePath,
  requests,
  type SpacePlane,
} from '../../../preload/contract.ts';
import { hostOf } from '../compute/in-process.ts';

const model = { id: 'digits', version: 'abc123' };
const plane: SpacePlane = { origin: [0.5, -1, 2], across: [1, 0, 0], down: [0, 0.25, 0] };
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);

let api: Api;
let drawn: ComputeMethods['planePicture']['params'][];
let tiles: ComputeMethods['planeTile']['params'][];
let gathered: ComputeMethods['gathered']['params'][];

beforeEach(() => {
  [drawn, tiles, gathered] = [[], [], []];
  const handlers: Partial<Handlers> = {
    planePicture: async (params) => {
      drawn.push(params);
      return png;
    },
    planeTile: async (params) => {
      tiles.push(params);
      return png;
    },
    gathered: async (params) => {
      gathered.push(params);
      return png;
    },
    saveInterpolation: async ({ output }) => ({ files: [`${output}/interpolation.gif`] }),
  };
  const compute = hostOf(handlers);
  api = createApi({ shell: 'web', compute, training: compute });
});

describe('addresses of a latent space', () => {
  it('hold the plane, the class and the place of a picture', async () => {
    await api.pixels(planePicturePath(model, 3, plane, { x: 0.25, y: 1 }));
    expect(drawn).toEqual([{ model: 'digits', label: 3, plane, place: { x: 0.25, y: 1 } }]);
    await api.pixels(planePicturePath(model, undefined, plane, { x: -7, y: 0.5 }));
    expect(drawn[1]).toEqual({ model: 'digits', plane, place: { x: 0, y: 0.5 } });
  });

  it('hold the level and place of a tile', async () => {
    await api.pixels(planeTilePath(model, undefined, plane, { level: 10, x: 1023, y: 0 }));
    expect(tiles).toEqual([{ model: 'digits', plane, tile: { level: 10, x: 1023, y: 0 } }]);
  });

  it('hold as large a plane as there is', async () => {
    const long = Array.from({ length: 256 }, (_, i) => Math.fround(Math.sin(i)));
    const large = { origin: long, across: long, down: long };
    await api.pixels(planeTilePath(model, undefined, large, { level: 0, x: 0, y: 0 }));
    expect(tiles[0]?.plane).toEqual(large);
  });

  it('hold the training pictures whose thumbnails are wanted', async () => {
    await api.pixels(gatheredPath(model, [5, 99_999, 0]));
    expect(gathered).toEqual([{ model: 'digits', indices: [5, 99_999, 0] }]);
  });

  it('are refused when they are not whole', async () => {
    const cut = planeTilePath(model, undefined, plane, { level: 0, x: 0, y: 0 }).replace(
      /\w{3}\/0\/0\/0$/,
      '/0/0/0',
    );
    await expect(api.pixels(cut)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(api.pixels('/pixels/gathered/digits/abc/1-x')).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});

describe('what needs no network', () => {
  it('finds a place on a plane by its code, and the code by its place', async () => {
    const code = requests['space.codeAt'].output.parse(
      await api.call('space.codeAt', { plane, place: { x: 0.5, y: 0.8413447461 } }),
    );
    for (const [i, value] of [0.5, -0.75, 2].entries()) expect(code[i]).toBeCloseTo(value, 5);
    const [place] = requests['space.places'].output.parse(
      await api.call('space.places', { plane, codes: [code] }),
    );
    expect(place?.x).toBeCloseTo(0.5, 5);
    expect(place?.y).toBeCloseTo(0.8413447461, 5);
  });

  it('goes from code to code', async () => {
    const stops = [
      [0, 0],
      [2, 4],
    ];
    const way = { stops, frames: 3, path: 'straight', loop: false };
    expect(await api.call('space.interpolate', way)).toEqual([
      [0, 0],
      [1, 2],
      [2, 4],
    ]);
    await expect(api.call('space.interpolate', { ...way, frames: 241 })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});

it('hands out an animation that was written, and no other file', async () => {
  const answer = requests['space.saveInterpolation'].output.parse(
    await api.call('space.saveInterpolation', {
      ...{ model: 'digits', stops: [[0], [1]], frames: 2, path: 'straight', loop: true },
      ...{ format: 'gif', frameMs: 50 },
    }),
  );
  const [file = ''] = answer.files;
  expect(api.isOutput(file)).toBe(true);
  expect(api.isOutput(file.replace('interpolation', 'another'))).toBe(false);
});
