import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHandlers } from '../../../main/compute/handlers/handlers.ts';
import { importModel } from '../../../main/compute/import-model.ts';
import { findModel } from '../../../main/library/models.ts';
import { removeModel } from '../../../main/library/own-models.ts';
import { randomPicture, raw } from '../image/samples.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { blueBlur, blueBlurred, constant, node, onnxFile } from './foreign-models.ts';
import { hostOf } from './in-process.ts';

let home: TemporaryFolder;
let host: ReturnType<typeof hostOf>;

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  host = hostOf(createHandlers());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

async function brought(bytes: Uint8Array | string, options = {}, name = 'other.onnx') {
  const path = join(home.path, name);
  await writeFile(path, bytes);
  return importModel(host, path, options);
}

describe('a model from elsewhere', () => {
  it.each([
    ['of one size', 64, 64, { fixed: { height: 64, width: 64 }, multiple: 1 }],
    ['of multiples of 8', 'h', 'w', { multiple: 8 }],
  ])(
    '%s, with its own conventions, gives the pixels that it gives by hand',
    async (_, height, width, size) => {
      const card = await brought(blueBlur(height, width), {
        name: 'Blue Blur',
        licence: 'MIT',
        source: 'a friend',
      });
      expect(card).toMatchObject({ id: 'blue-blur', task: 'denoise', licence: 'MIT', source: 'a friend' });
      expect(card.convention).toEqual({
        ...{ layout: 'nhwc', channels: 3, order: 'bgr', input: '0..255', output: '0..255', scale: 1 },
        ...size,
      });
      const source = randomPicture(203, 90, 3, 8);
      const path = join(home.path, 'picture.png');
      await raw(source).png().toFile(path);
      const saving = { strength: 100, format: 'keep' as const, quality: 90, stripMetadata: false };
      const { output } = await host.call('save', {
        path,
        chain: [{ model: card.id }],
        device: 'cpu',
        ...saving,
      });
      const made = await sharp(output).raw().toBuffer();
      for (let y = 1; y < 89; y++)
        for (let x = 1; x < 202; x++) {
          const at = (y * 203 + x) * 3;
          expect([...made.subarray(at, at + 3)]).toEqual(blueBlurred(source.data as Uint8Array, 203, x, y));
        }
    },
  );

  it('that enlarges is an upscaler, and each import has a name of its own', async () => {
    const nearest = onnxFile({
      nodes: [node('ConvTranspose', ['x', 'w'], 'y', { group: 3, strides: [2, 2] })],
      constants: [
        constant(
          'w',
          [3, 1, 2, 2],
          Array.from({ length: 12 }, () => 1),
        ),
      ],
      inputs: { x: ['n', 3, 'h', 'w'] },
      outputs: { y: ['n', 3, 'h2', 'w2'] },
    });
    const cards = [await brought(nearest), await brought(nearest)];
    expect(cards.map(({ id, task, scale, licence }) => [id, task, scale, licence])).toEqual([
      ['other', 'upscale', 2, 'not stated'],
      ['other-2', 'upscale', 2, 'not stated'],
    ]);
    expect(cards[0]?.convention).toMatchObject({ layout: 'nchw', order: 'rgb', input: '0..1', multiple: 1 });
  });

  it('of one channel is run for each colour', async () => {
    const card = await brought(scaled([1, 1, 'h', 'w'], 0.98, 0));
    expect(card.convention).toMatchObject({ channels: 1, input: '0..1' });
  });

  it('that counts from -1 to 1 is found out', async () => {
    const card = await brought(scaled([1, 3, 'h', 'w'], 0.8, -0.1));
    expect(card.convention).toMatchObject({ input: '-1..1', output: '-1..1' });
  });

  it('is taken as the person says', async () => {
    const card = await brought(scaled([1, 3, 'h', 'w'], 0.9, 0), {
      order: 'bgr',
      range: '-1..1',
      task: 'artefacts',
    });
    expect(card).toMatchObject({ task: 'artefacts', convention: { order: 'bgr', input: '-1..1' } });
  });

  it('can be removed; a bundled one cannot', async () => {
    const { id } = await brought(scaled([1, 3, 'h', 'w'], 1, 0));
    await removeModel(id);
    await expect(findModel(id)).rejects.toMatchObject({ code: 'no-such-model' });
    await expect(removeModel('denoise-fast')).rejects.toMatchObject({ code: 'bundled-model' });
  });
});

/** gain x + offset. */
function scaled(axes: (number | string)[], gain: number, offset: number): Uint8Array {
  return onnxFile({
    nodes: [node('Mul', ['x', 'gain'], 'm'), node('Add', ['m', 'offset'], 'y')],
    constants: [constant('gain', [1], [gain]), constant('offset', [1], [offset])],
    inputs: { x: axes },
    outputs: { y: axes },
  });
}

describe('what cannot be used is refused with the reason', () => {
  const any = ['n', 3, 'h', 'w'];
  const twoInputs = onnxFile({
    nodes: [node('Add', ['x', 'sigma'], 'y')],
    inputs: { x: any, sigma: any },
    outputs: { y: any },
  });
  const outside = onnxFile({
    nodes: [node('Mul', ['x', 'gain'], 'y')],
    constants: [
      {
        name: 'gain',
        dims: [1],
        dataType: 1,
        dataLocation: 1,
        externalData: [{ key: 'location', value: '../data' }],
      },
    ],
    inputs: { x: any },
    outputs: { y: any },
  });
  const custom = onnxFile({
    nodes: [node('Deform', ['x'], 'y', {}, 'com.example')],
    inputs: { x: any },
    outputs: { y: any },
    domains: ['', 'com.example'],
  });
  const cropping = onnxFile({
    nodes: [node('Conv', ['x', 'w'], 'y', { group: 3 })],
    constants: [
      constant(
        'w',
        [3, 1, 3, 3],
        Array.from({ length: 27 }, () => 1 / 9),
      ),
    ],
    inputs: { x: any },
    outputs: { y: any },
  });

  it.each([
    ['text', 'this is text', /other\.onnx is not an ONNX model/],
    ['two inputs', twoInputs, /has 2 inputs \(x, sigma\)/],
    ['numbers in another file', outside, /keeps its numbers in another file/],
    ['a custom operation', custom, /needs the operation Deform of "com\.example"/],
    ['a tiny size', scaled([1, 3, 8, 8], 1, 0), /only pictures of 8 × 8/],
    ['a huge size', scaled([1, 3, 9000, 9000], 1, 0), /only pictures of 9000 × 9000/],
    ['seven channels', scaled([1, 7, 'h', 'w'], 1, 0), /pictures of 7 channels/],
    ['no picture', scaled([1, 10], 1, 0), /has 2 axes; a picture has 4/],
    ['a smaller result', cropping, /not a whole number of times/],
    ['nothing like the picture', scaled([1, 3, 'h', 'w'], 0, 7), /nothing like the picture/],
  ])('%s', async (_, bytes, message) => {
    await expect(brought(bytes)).rejects.toMatchObject({
      code: 'model-unusable',
      message: expect.stringMatching(message),
    });
    expect(await readdir(home.path)).toEqual(['other.onnx']);
  });

  it('another kind of file', async () => {
    await expect(brought('weights', {}, 'net.pth')).rejects.toMatchObject({ code: 'not-a-model' });
  });

  it('numbers in another file also where a file is used without being imported', async () => {
    const path = join(home.path, 'other.onnx');
    await writeFile(path, outside);
    await sharp({ create: { width: 32, height: 32, channels: 3, background: 'grey' } }).toFile(
      join(home.path, 'a.png'),
    );
    const preview = {
      path: join(home.path, 'a.png'),
      chain: [{ model: path }],
      device: 'cpu' as const,
      layer: 'p1',
    };
    await expect(host.call('preview', preview)).rejects.toThrow(/keeps its numbers in another file/);
  });
});
