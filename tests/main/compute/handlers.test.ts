import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHandlers } from '../../../main/compute/handlers/handlers.ts';
import type { ComputeHost } from '../../../main/compute/host.ts';
import type { TileProgress } from '../../../main/compute/protocol.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { addDoublingModel, addHalvingModel } from './halving-model.ts';
import { hostOf } from './in-process.ts';

let home: TemporaryFolder;
let host: ComputeHost;
let path: string;

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  await addHalvingModel(join(home.path, 'models'), 'halving');
  path = join(home.path, 'photo.png');
  await paint(path, 40);
  host = hostOf(createHandlers());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

const paint = (file: string, level: number, width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: { r: level, g: level, b: level } } }).toFile(
    file,
  );

const denoise = { chain: [{ model: 'halving', sigma: 10 }], device: 'cpu' as const };
const saving = { strength: 100, format: 'keep' as const, quality: 92, stripMetadata: false };
const tileLevel = async (layer: string) => {
  const png = await host.call('tile', { path, layer, level: 0, x: 0, y: 0 });
  const { channels } = await sharp(png).stats();
  return channels[0]?.mean;
};

describe('opening', () => {
  test('tells the facts', async () => {
    const facts = await host.call('open', { path });
    expect(facts).toEqual({ width: 64, height: 48, depth: 8, format: 'png', sigma: expect.closeTo(0, 1) });
  });

  test('a file that is no picture is refused with its name', async () => {
    const text = join(home.path, 'text.png');
    await writeFile(text, 'this is text');
    await expect(host.call('open', { path: text })).rejects.toMatchObject({
      code: 'not-a-picture',
      message: expect.stringContaining('text.png'),
    });
  });

  test('a picture that was changed on disk is read again', async () => {
    await host.call('open', { path });
    await paint(path, 90, 32, 32);
    expect(await host.call('open', { path })).toMatchObject({ width: 32, height: 32 });
    expect(await tileLevel('source')).toBe(90);
  });

  test('a picture that was closed is read again', async () => {
    await host.call('open', { path });
    await host.call('close', { path });
    expect(await tileLevel('source')).toBe(40);
  });
});

describe('a preview', () => {
  test('is shown as a layer when it is done', async () => {
    const told: TileProgress[] = [];
    const { device } = await host.call(
      'preview',
      { ...denoise, path, layer: 'p1' },
      { onProgress: (progress) => told.push(progress) },
    );
    expect(await tileLevel('p1')).toBe(20);
    expect(told[0]?.tiles).toEqual({ right: [64], bottom: [48], done: [true] });
    expect(told.at(-1)).toEqual({ progress: 1, device });
  });

  test('of the same picture, model and noise level is made once', async () => {
    await host.call('preview', { ...denoise, path, layer: 'p1' });
    const again: number[] = [];
    const onProgress = ({ progress }: TileProgress) => again.push(progress);
    await host.call('preview', { ...denoise, path, layer: 'p2' }, { onProgress });
    expect(again).toEqual([1]);
    expect(await tileLevel('p2')).toBe(20);
  });

  test('that was never made is told apart from a defect', async () => {
    await expect(tileLevel('p9')).rejects.toMatchObject({ code: 'no-such-layer' });
  });

  test('is dropped when it is cancelled', async () => {
    await paint(path, 40, 1500, 1500);
    const cancel = new AbortController();
    const shares: number[] = [];
    const preview = host.call(
      'preview',
      { ...denoise, path, layer: 'p1' },
      {
        signal: cancel.signal,
        onProgress: (progress) => {
          shares.push(progress.progress);
          cancel.abort();
        },
      },
    );
    await expect(preview).rejects.toMatchObject({ code: 'cancelled' });
    // The tile in work is finished, no other is begun.
    expect(shares.length).toBeLessThanOrEqual(2);
    await expect(tileLevel('p1')).rejects.toMatchObject({ code: 'no-such-layer' });
  });
});

describe('a preview that is looked at', () => {
  const whole = { x: 0, y: 0, width: 1, height: 1 };

  test('begins with what is in sight, and follows it', async () => {
    await paint(path, 40, 2600, 1300);
    const orders: number[] = [];
    const known: boolean[] = [];
    const onProgress = ({ tiles }: TileProgress) => {
      const fresh = tiles?.done.findIndex((done, index) => done && !known[index]) ?? -1;
      if (!tiles || fresh < 0) return;
      known[fresh] = true;
      orders.push(fresh);
      if (orders.length === 1)
        void host.call('look', { layer: 'p1', part: { ...whole, width: 0.1, height: 0.1 } });
    };
    const preview = host.call('preview', { ...denoise, path, layer: 'p1' }, { onProgress });
    await host.call('look', { layer: 'p1', part: { x: 0.9, y: 0.9, width: 0.1, height: 0.1 } });
    await preview;
    const last = known.length - 1;
    expect(orders[0]).toBe(last);
    // The tile in work when the eye moved is finished first.
    expect(orders.slice(1, 3)).toContain(0);
    expect([...orders].sort((a, b) => a - b)).toEqual(known.map((_, index) => index));
  });

  test('shows the whole at once, from a reduced picture, and then what is done of it', async () => {
    await paint(path, 40, 2600, 1800);
    const told: TileProgress[] = [];
    const seen: Promise<number | undefined>[] = [];
    const level = async () => {
      const png = await host.call('tile', { path, layer: 'p1', level: 2, x: 0, y: 0 });
      return (await sharp(png).raw().toBuffer())[0];
    };
    const onProgress = (progress: TileProgress) => {
      told.push(progress);
      if (told.length === 1) seen.push(level());
    };
    await host.call('preview', { ...denoise, path, layer: 'p1' }, { onProgress });
    expect(told[0]).toMatchObject({ progress: 0, quick: 1 });
    expect(await Promise.all(seen)).toEqual([20]);
  });

  test('goes on where it was given up, and so does a save', async () => {
    await paint(path, 40, 2600, 1300);
    const cancel = new AbortController();
    const preview = host.call(
      'preview',
      { ...denoise, path, layer: 'p1' },
      { signal: cancel.signal, onProgress: ({ progress }) => progress > 0.4 && cancel.abort() },
    );
    await expect(preview).rejects.toMatchObject({ code: 'cancelled' });
    const shares: number[] = [];
    const onProgress = ({ progress }: TileProgress) => shares.push(progress);
    const { output } = await host.call('save', { ...denoise, ...saving, path }, { onProgress });
    expect(shares[0]).toBeGreaterThan(0.5);
    expect((await sharp(output).stats()).channels[0]?.mean).toBe(20);
  });
});

describe('an enlarged preview', () => {
  test('is mixed from its layers, at less than the whole strength, as a saved copy is', async () => {
    await addDoublingModel(join(home.path, 'models'), 'doubling');
    const noise = { type: 'gaussian' as const, mean: 40, sigma: 10 };
    await sharp({ create: { width: 64, height: 48, channels: 3, background: 'black', noise } }).toFile(path);
    const chain = [...denoise.chain, { model: 'doubling' }];
    await host.call('preview', { ...denoise, chain, path, layer: 'p1' });
    const samples = async (file: Uint8Array | string) => [
      ...(await sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer()),
    ];
    const layer = async (name: string) =>
      samples(await host.call('tile', { path, layer: name, level: 0, x: 0, y: 0 }));
    const [all, none] = [await layer('p1'), await layer('p1-base')];
    for (const strength of [0, 40]) {
      const { output } = await host.call('save', { ...denoise, ...saving, chain, path, strength });
      const saved = await samples(output);
      const seen = saved.map((_, i) => ((all[i] ?? 0) * strength + (none[i] ?? 0) * (100 - strength)) / 100);
      expect(saved.filter((value, i) => Math.abs(value - (seen[i] ?? 0)) > 1)).toEqual([]);
    }
    await expect(layer('p9-base')).rejects.toMatchObject({ code: 'no-such-layer' });
  });
});

describe('the samples of a pixel', () => {
  /** Red grows to the right and green downwards, by 2 for 8 pixels, so that the samples tell where they are. */
  const paintPlaces = (file: string) => {
    const step = (at: number) => 20 + 2 * Math.floor(at / 8);
    const places = Array.from({ length: 64 * 48 }, (_, i) => [step(i % 64), step(i / 64), 24]).flat();
    return sharp(Uint8Array.from(places), { raw: { width: 64, height: 48, channels: 3 } }).toFile(file);
  };

  test('are those at its place, before and after', async () => {
    await paintPlaces(path);
    expect(await host.call('pixel', { path, x: 30, y: 40 })).toEqual({ before: [26, 30, 24] });
    await host.call('preview', { ...denoise, path, layer: 'p1' });
    expect(await host.call('pixel', { path, layer: 'p1', x: 30, y: 40 })).toEqual({
      before: [26, 30, 24],
      after: [13, 15, 12],
    });
  });

  test('include those of the result with its lost texture where they are asked for', async () => {
    await host.call('preview', { ...denoise, path, layer: 'p1' });
    const { after, detailed } = await host.call('pixel', { path, layer: 'p1', detail: true, x: 30, y: 40 });
    // A flat picture has no texture.
    expect(detailed).toEqual(after);
    expect(await tileLevel('p1-detail')).toBe(await tileLevel('p1'));
    await expect(tileLevel('p9-detail')).rejects.toMatchObject({ code: 'no-such-layer' });
  });

  test('are told to the last pixel, and refused beside the picture', async () => {
    await paintPlaces(path);
    expect(await host.call('pixel', { path, x: 63, y: 47 })).toEqual({ before: [34, 30, 24] });
    await expect(host.call('pixel', { path, x: 64, y: 0 })).rejects.toThrow(/inside 64 x 48/);
    await expect(host.call('pixel', { path, x: 0, y: 48 })).rejects.toThrow(/inside 64 x 48/);
  });

  test('of an enlarged preview stand beside the one of the picture that lies there', async () => {
    await addDoublingModel(join(home.path, 'models'), 'doubling');
    await paintPlaces(path);
    const chain = [...denoise.chain, { model: 'doubling' }];
    await host.call('preview', { ...denoise, chain, path, layer: 'p1' });
    expect(await host.call('pixel', { path, layer: 'p1', x: 127, y: 81 })).toEqual({
      before: [34, 30, 24],
      after: [17, 15, 12],
      // Flat there: enlarged, it is what it was.
      base: [34, 30, 24],
    });
    await expect(host.call('pixel', { path, layer: 'p1', x: 128, y: 0 })).rejects.toThrow(/inside 128 x 96/);
  });

  test('are the numbers of a file with 16 bits', async () => {
    const deep = join(home.path, 'deep.png');
    const samples = new Uint16Array(32 * 32 * 3).fill(40_123);
    await sharp(samples, { raw: { width: 32, height: 32, channels: 3 } })
      .toColourspace('rgb16')
      .toFile(deep);
    expect(await host.call('pixel', { path: deep, x: 5, y: 6 })).toEqual({
      before: [40_123, 40_123, 40_123],
    });
  });

  test('of a preview that is not kept any more are told apart from a defect', async () => {
    await expect(host.call('pixel', { path, layer: 'p9', x: 0, y: 0 })).rejects.toMatchObject({
      code: 'no-such-layer',
    });
  });
});

describe('measuring against a reference', () => {
  let reference: string;

  beforeEach(async () => {
    reference = join(home.path, 'reference.png');
    await paint(reference, 25);
  });

  // The ratio of flat greys follows from their distance: 20 log10(255 / 15) dB.
  const farther = expect.closeTo(20 * Math.log10(255 / 15), 9);
  const nearer = expect.closeTo(20 * Math.log10(255 / 5), 9);

  test('says how close the picture is, and its preview', async () => {
    const { before, after } = await host.call('measure', { path, reference, strength: 100 });
    expect(before.psnr).toEqual(farther);
    expect(after).toBeUndefined();
    await host.call('preview', { ...denoise, path, layer: 'p1' });
    const both = await host.call('measure', { path, layer: 'p1', reference, strength: 100 });
    expect(both.before.psnr).toEqual(farther);
    expect(both.after?.psnr).toEqual(nearer);
  });

  test('measures the blend that a copy would be saved with', async () => {
    await host.call('preview', { ...denoise, path, layer: 'p1' });
    const { after } = await host.call('measure', { path, layer: 'p1', reference, strength: 50 });
    expect(after?.psnr).toEqual(nearer);
    const equal = await host.call('measure', { path, layer: 'p1', reference, strength: 75 });
    expect(equal.after).toEqual({ psnr: null, ssim: expect.closeTo(1, 9) });
  });

  test('compares an enlarged preview, and the picture enlarged, with a reference of that size', async () => {
    await addDoublingModel(join(home.path, 'models'), 'doubling');
    await paint(reference, 25, 128, 96);
    const chain = [...denoise.chain, { model: 'doubling' }];
    await host.call('preview', { ...denoise, chain, path, layer: 'p1' });
    const both = await host.call('measure', { path, layer: 'p1', reference, strength: 100 });
    expect(both.before.psnr).toEqual(farther);
    expect(both.after?.psnr).toEqual(nearer);
  });

  test('refuses a reference of another size with both sizes', async () => {
    await paint(reference, 25, 32, 16);
    await expect(host.call('measure', { path, reference, strength: 100 })).rejects.toMatchObject({
      code: 'unsupported',
      message: 'reference.png is 32 × 16, so it cannot be a reference for a picture of 64 × 48.',
    });
  });

  test('refuses a reference that is no picture with its name', async () => {
    await writeFile(reference, 'this is text');
    await expect(host.call('measure', { path, reference, strength: 100 })).rejects.toMatchObject({
      code: 'not-a-picture',
      message: expect.stringContaining('reference.png'),
    });
  });
});

describe('a save', () => {
  test('writes a new file and leaves the source as it was', async () => {
    const before = await readFile(path);
    const report = await host.call('save', { ...denoise, ...saving, path });
    expect(report).toMatchObject({
      output: join(home.path, 'photo-denoised.png'),
      width: 64,
      height: 48,
      sigma: 10,
    });
    const { channels } = await sharp(report.output).stats();
    expect(channels.map(({ mean }) => mean)).toEqual([20, 20, 20]);
    expect(await readFile(path)).toEqual(before);
  });

  test('uses the preview’s pixels: only the blend is made anew', async () => {
    await host.call('preview', { ...denoise, path, layer: 'p1' });
    const told: TileProgress[] = [];
    const onProgress = (progress: TileProgress) => told.push(progress);
    const { output } = await host.call('save', { ...denoise, ...saving, strength: 50, path }, { onProgress });
    expect(told).toEqual([]);
    expect((await sharp(output).stats()).channels[0]?.mean).toBe(30);
  });

  test('with a model that was replaced runs the network again', async () => {
    await host.call('preview', { ...denoise, path, layer: 'p1' });
    await addHalvingModel(join(home.path, 'models'), 'halving', 'Trained again.');
    const told: TileProgress[] = [];
    const onProgress = (progress: TileProgress) => told.push(progress);
    await host.call('save', { ...denoise, ...saving, path }, { onProgress });
    expect(told.length).toBeGreaterThan(0);
  });

  test('with another noise level runs the network again', async () => {
    await host.call('preview', { ...denoise, path, layer: 'p1' });
    const told: TileProgress[] = [];
    const onProgress = (progress: TileProgress) => told.push(progress);
    await host.call(
      'save',
      { ...denoise, ...saving, chain: [{ model: 'halving', sigma: 11 }], path },
      { onProgress },
    );
    expect(told.length).toBeGreaterThan(0);
  });

  test('estimates the noise where none is said', async () => {
    const report = await host.call('save', {
      ...denoise,
      ...saving,
      chain: [{ model: 'halving', sigma: 'estimate' }],
      path,
    });
    expect(report.sigma).toBeCloseTo(0, 1);
  });

  test('to a file that exists fails before any work', async () => {
    const told: TileProgress[] = [];
    const save = host.call(
      'save',
      { ...denoise, ...saving, path, output: path },
      { onProgress: (progress) => told.push(progress) },
    );
    await expect(save).rejects.toMatchObject({ code: 'exists' });
    expect(told).toEqual([]);
  });

  test('that fails leaves nothing behind', async () => {
    const folder = join(home.path, 'models');
    await expect(
      host.call('save', { ...denoise, ...saving, path, folder: join(folder, 'no-such-folder') }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/write-failed|missing/) });
    expect(await readdir(folder)).toEqual(['halving']);
  });

  test('in a format that cannot hold what it will become is refused before anything runs', async () => {
    await addDoublingModel(join(home.path, 'models'), 'doubling');
    await writeFile(join(home.path, 'models', 'doubling', 'model.onnx'), 'not even opened');
    await paint(path, 40, 9000, 8);
    const chain = [{ model: 'doubling' }];
    await expect(
      host.call('save', { ...denoise, ...saving, chain, path, format: 'webp' }),
    ).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('18000 x 16 pixels do not fit into a webp file'),
    });
  });

  test('with a damaged model says so', async () => {
    await writeFile(join(home.path, 'models', 'halving', 'model.onnx'), 'cut off');
    await expect(host.call('save', { ...denoise, ...saving, path })).rejects.toMatchObject({
      code: 'model-damaged',
    });
  });

  test('with a file that is not a model names it', async () => {
    const model = join(home.path, 'text.onnx');
    await writeFile(model, 'this is text');
    await expect(
      host.call('save', { ...denoise, ...saving, chain: [{ model }], path }),
    ).rejects.toMatchObject({
      code: 'model-unusable',
      message: expect.stringContaining('text.onnx'),
    });
  });
});

test('devices are listed with the CPU', async () => {
  expect(await host.call('devices', {})).toContainEqual({
    id: 'cpu',
    name: expect.any(String),
    available: true,
    precision: 'float32',
    fastestFor: [],
    verdict: 'Works for everything.',
  });
});
