import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Api, createApi } from '../../../main/api/api.ts';
import { createHandlers } from '../../../main/compute/handlers/handlers.ts';
import { findModel } from '../../../main/library/models.ts';
import { type ListedModel, modelLookPath, requests } from '../../../preload/contract.ts';
import { blueBlur } from '../compute/foreign-models.ts';
import { addDoublingModel, addHalvingModel } from '../compute/halving-model.ts';
import { hostOf } from '../compute/in-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let home: TemporaryFolder;
let api: Api;

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  const compute = hostOf(createHandlers());
  api = createApi({ shell: 'web', compute, training: compute });
});
afterEach(async () => {
  await api.close();
  vi.unstubAllEnvs();
  await home.remove();
});

const shelf = async () => requests['models.shelf'].output.parse(await api.call('models.shelf', {}));
async function listed(id: string): Promise<ListedModel> {
  const found = (await shelf()).models.find((model) => model.id === id);
  if (!found) throw new Error(`${id} is not listed`);
  return found;
}
async function imported(): Promise<string> {
  const path = join(home.path, 'blur.onnx');
  await writeFile(path, blueBlur('h', 'w'));
  return requests['models.import'].output.parse(await api.call('models.import', { path })).id;
}

describe('the models that are listed', () => {
  it('say whose they are and how large their file is', async () => {
    await addHalvingModel(join(home.path, 'models'), 'halving');
    const id = await imported();
    expect(await listed('denoise-fast')).toMatchObject({ origin: 'bundled', bytes: expect.any(Number) });
    expect((await listed('denoise-fast')).bytes).toBeGreaterThan(4e6);
    expect((await listed('halving')).origin).toBe('trained');
    expect((await listed(id)).origin).toBe('imported');
  });

  it('leave out what cannot be read, with its reason', async () => {
    await addHalvingModel(join(home.path, 'models'), 'halving');
    await writeFile(join(home.path, 'models', 'halving', 'card.json'), '{}');
    expect((await shelf()).refused).toEqual([
      { path: join(home.path, 'models', 'halving'), reason: expect.stringContaining('is not a model card') },
    ]);
  });
});

describe('exporting', () => {
  it('writes one file that is imported again with its card, and never overwrites', async () => {
    const card = await addHalvingModel(join(home.path, 'models'), 'halving');
    const written = async () =>
      requests['models.export'].output.parse(await api.call('models.export', { model: 'halving' })).path;
    const path = await written();
    expect(path).toBe(join(home.path, 'results', 'halving.onnx'));
    expect(await written()).toBe(join(home.path, 'results', 'halving-2.onnx'));
    expect(api.isOutput(path)).toBe(true);
    const again = requests['models.import'].output.parse(await api.call('models.import', { path }));
    expect(again).toMatchObject({ name: card.name, summary: card.summary, licence: 'MIT' });
  });
});

describe('removing', () => {
  it('takes own and imported models away, and leaves the bundled ones', async () => {
    const id = await imported();
    await api.call('models.remove', { model: id });
    await expect(findModel(id)).rejects.toMatchObject({ code: 'no-such-model' });
    await expect(api.call('models.remove', { model: 'denoise-fast' })).rejects.toMatchObject({
      code: 'bundled-model',
    });
  });
});

describe('the pair of pictures', () => {
  const pair = async (id: string) => {
    const card = await listed(id);
    const read = (side: 'before' | 'after') => api.pixels(modelLookPath(card, side));
    return Promise.all([read('before'), read('after')]);
  };
  const pixels = async (png: Uint8Array | undefined) => sharp(png).removeAlpha().raw().toBuffer();

  it('is a piece of the sample, and what the model makes of it', async () => {
    await addDoublingModel(join(home.path, 'models'), 'doubling');
    const [before, after] = await Promise.all((await pair('doubling')).map(pixels));
    const sample = (image: Buffer | undefined, width: number, x: number, y: number) =>
      image?.readUIntBE((y * width + x) * 3, 3);
    for (const [x, y] of [
      [0, 0],
      [119, 89],
      [60, 45],
      [101, 7],
    ] as const)
      for (const [dx, dy] of [
        [0, 0],
        [1, 1],
      ] as const)
        expect(sample(after, 240, 2 * x + dx, 2 * y + dy)).toBe(sample(before, 120, x, y));
  });

  it('shows an upscaler a piece that is as many times smaller', async () => {
    await addDoublingModel(join(home.path, 'models'), 'doubling');
    const sizes = await Promise.all((await pair('doubling')).map((png) => sharp(png).metadata()));
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [120, 90],
      [240, 180],
    ]);
  });

  it('is made once, and read from the disk from then on', async () => {
    await addDoublingModel(join(home.path, 'models'), 'doubling');
    const first = await pair('doubling');
    const idle = hostOf({});
    const later = createApi({ shell: 'web', compute: idle, training: idle });
    const card = await listed('doubling');
    expect(await later.pixels(modelLookPath(card, 'after'))).toEqual(Buffer.from(first[1] ?? []));
    await later.close();
  });

  it('of a model that is gone is refused by name', async () => {
    await expect(api.pixels('/pixels/models/gone/0123/before')).rejects.toThrow('"gone"');
    await expect(api.pixels('/pixels/models/denoise-fast/0123/beside')).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});
