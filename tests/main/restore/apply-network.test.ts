import { describe, expect, it } from 'vitest';
import type { Network } from '../../../main/engine/network.ts';
import { extendColours } from '../../../main/image/extend-colours.ts';
import { blankLike, type Picture } from '../../../main/image/picture.ts';
import { applyNetwork, planGrid } from '../../../main/restore/apply-network.ts';
import { randomPicture } from '../image/samples.ts';
import { blockMeans, boxBlur, fakeNetwork, identity, nearest } from './fake-networks.ts';

const tiles = { side: 64, overlap: 8 };
const untiled = { side: 1024, overlap: 8 };

describe('applyNetwork', () => {
  for (const depth of [8, 16] as const)
    for (const channels of [1, 2, 3, 4] as const)
      it(`gives back what the network leaves alone: ${channels} channels of ${depth} bits`, async () => {
        const picture = randomPicture(150, 101, channels, depth);
        const result = await applyNetwork(picture, fakeNetwork(identity), { sigma: 10, tiles });
        expect(result.depth).toBe(depth);
        expect([...result.data]).toEqual([...extendColours(picture).data]);
      });

  it('works on pictures smaller than the network’s step', async () => {
    const picture = randomPicture(3, 1, 3, 8);
    const result = await applyNetwork(picture, fakeNetwork(identity), { sigma: 10 });
    expect([...result.data]).toEqual([...picture.data]);
  });

  it('leaves no seam when the network sees no farther than the overlap', async () => {
    const picture = randomPicture(150, 101, 3, 16);
    const network = fakeNetwork(boxBlur(8));
    const whole = await applyNetwork(picture, network, { sigma: 10, tiles: untiled });
    const tiled = await applyNetwork(picture, network, { sigma: 10, tiles });
    expect(largestDifference(whole, tiled)).toBeLessThanOrEqual(1);
  });

  it('keeps tiles on the grid of strided layers', async () => {
    const picture = randomPicture(150, 101, 3, 16);
    const network = fakeNetwork(blockMeans, 8);
    const whole = await applyNetwork(picture, network, { sigma: 10, tiles: untiled });
    const tiled = await applyNetwork(picture, network, { sigma: 10, tiles: { side: 60, overlap: 5 } });
    expect(largestDifference(whole, tiled)).toBeLessThanOrEqual(1);
  });

  it('reflects the picture beyond its right and bottom edges', async () => {
    const seen: number[][] = [];
    const network = fakeNetwork((input, height, width) => {
      seen.push([...input.subarray(0, width)].map((value) => Math.round(value * 255)));
      return identity(input, height, width);
    }, 8);
    const data = Uint8Array.from([10, 20, 30, 40, 50]);
    const line: Picture = { width: 5, height: 1, channels: 1, depth: 8, data, format: 'png', metadata: {} };
    await applyNetwork(line, network, { sigma: 10 });
    expect(seen).toEqual([[10, 20, 30, 40, 50, 40, 30, 20]]);
  });

  it('tells the network the noise level in every sample of the fourth plane', async () => {
    const levels = new Set<number>();
    const network = fakeNetwork((input, height, width) => {
      for (const value of input.subarray(3 * height * width)) levels.add(value);
      return identity(input, height, width);
    });
    await applyNetwork(randomPicture(100, 80, 3, 8), network, { sigma: 51, tiles });
    expect([...levels]).toEqual([Math.fround(0.2)]);
  });

  it('lets nothing that is hidden bleed into what is seen', async () => {
    const picture = { ...blankLike(randomPicture(64, 64, 4, 8)) };
    // A square of one colour in the middle; around it black that nobody sees.
    for (let y = 20; y < 44; y++)
      for (let x = 20; x < 44; x++) picture.data.set([200, 120, 40, 255], (y * 64 + x) * 4);
    const blurred = await applyNetwork(picture, fakeNetwork(boxBlur(6)), { sigma: 10 });
    for (const [x, y] of [
      [20, 20],
      [43, 30],
      [30, 43],
    ] as const) {
      const at = (y * 64 + x) * 4;
      expect([...blurred.data.subarray(at, at + 4)]).toEqual([200, 120, 40, 255]);
    }
    expect(blurred.data[3]).toBe(0);
  });

  it('averages the three results for grey, and leaves alpha alone', async () => {
    const network = fakeNetwork((_input, height, width) => {
      const plane = height * width;
      return Float32Array.from(
        { length: 3 * plane },
        (_, i) => [0.45, 0.5, 0.55][Math.floor(i / plane)] ?? 0,
      );
    });
    const picture = randomPicture(20, 20, 2, 8);
    const { data } = await applyNetwork(picture, network, { sigma: 10 });
    expect([data[0], data[398]]).toEqual([128, 128]);
    expect([data[1], data[399]]).toEqual([picture.data[1], picture.data[399]]);
  });

  it('refuses a black picture and one of other colours', async () => {
    const picture = randomPicture(32, 32, 3, 8);
    const filled = (level: number) =>
      fakeNetwork((_, height, width) => new Float32Array(3 * height * width).fill(level));
    await expect(applyNetwork(picture, filled(0), {})).rejects.toThrow('gave a black picture');
    await expect(applyNetwork(picture, filled(0.8), {})).rejects.toThrow('gave other colours');
  });

  it('enlarges colours and alpha by the scale of the network, without seams', async () => {
    const twice: Network = { ...fakeNetwork(nearest(2), 1), inputChannels: 3, scale: 2 };
    const picture = randomPicture(50, 37, 4, 8);
    const whole = await applyNetwork(picture, twice, {});
    const tiled = await applyNetwork(picture, twice, { tiles: { side: 24, overlap: 4 } });
    expect([whole.width, whole.height]).toEqual([100, 74]);
    expect(tiled.data).toEqual(whole.data);
    const sample = (data: Picture['data'], x: number, y: number, width: number) => [
      ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
    ];
    expect(sample(whole.data, 77, 41, 100)).toEqual(sample(picture.data, 38, 20, 50));
  });

  it('clips what leaves 0..1', async () => {
    const network = fakeNetwork((_, height, width) =>
      Float32Array.from({ length: 3 * height * width }, (_, i) => (i % 2 ? 1.7 : -0.7)),
    );
    for (const depth of [8, 16] as const) {
      const { data } = await applyNetwork(randomPicture(16, 16, 1, depth), network, { sigma: 10 });
      expect([data[0], data[1]]).toEqual([0, 2 ** depth - 1]);
    }
  });

  it('reports its share after every tile, and which it was', async () => {
    const reports: [number, number][] = [];
    await applyNetwork(randomPicture(100, 100, 1, 8), fakeNetwork(identity), {
      sigma: 10,
      tiles,
      onProgress: ({ progress, tile }) => reports.push([progress, tile]),
    });
    expect(reports).toEqual([
      [0.25, 0],
      [0.5, 1],
      [0.75, 2],
      [1, 3],
    ]);
  });

  it('does the tiles in the order that is asked for, each into its place', async () => {
    const picture = randomPicture(100, 100, 1, 8);
    const into = blankLike(picture);
    const network = fakeNetwork(identity);
    const order: number[] = [];
    const result = await applyNetwork(picture, network, {
      sigma: 10,
      tiles,
      into,
      next: ({ done }) => done.lastIndexOf(false),
      onProgress: ({ tile }) => order.push(tile),
    });
    expect(order).toEqual([3, 2, 1, 0]);
    expect(result).toBe(into);
    expect(into.data).toEqual(picture.data);
  });

  it('goes on where it was left, without doing a tile twice', async () => {
    const picture = randomPicture(100, 100, 1, 8);
    const into = blankLike(picture);
    const network = fakeNetwork(identity);
    const grid = planGrid(picture, network, tiles);
    const controller = new AbortController();
    const order: number[] = [];
    const onProgress = ({ tile }: { tile: number }) => {
      order.push(tile);
      if (order.length === 2) controller.abort();
    };
    const options = { sigma: 10, tiles, into, grid, onProgress };
    await expect(applyNetwork(picture, network, { ...options, signal: controller.signal })).rejects.toThrow();
    await applyNetwork(picture, network, options);
    expect(order).toEqual([0, 1, 2, 3]);
    expect(into.data).toEqual(picture.data);
  });

  it('stops within a tile when it is cancelled by a message', async () => {
    const controller = new AbortController();
    let runs = 0;
    const network = fakeNetwork((input, height, width) => {
      // As a message of another process would come: when the event loop turns.
      if (++runs === 2) setImmediate(() => controller.abort());
      return identity(input, height, width);
    });
    const work = applyNetwork(randomPicture(300, 300, 1, 8), network, {
      sigma: 10,
      tiles,
      signal: controller.signal,
    });
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(runs).toBeLessThanOrEqual(3);
  });

  it('passes on the error of a network that fails on the way', async () => {
    let runs = 0;
    const network = fakeNetwork((input, height, width) => {
      if (++runs === 3) throw new Error('out of memory');
      return identity(input, height, width);
    });
    await expect(applyNetwork(randomPicture(300, 300, 1, 8), network, { sigma: 10, tiles })).rejects.toThrow(
      'out of memory',
    );
    expect(runs).toBe(3);
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses a result that holds %f', async (value) => {
    const network = fakeNetwork((input, height, width) => identity(input, height, width).fill(value, 70, 71));
    await expect(applyNetwork(randomPicture(40, 40, 3, 8), network, { sigma: 10 })).rejects.toMatchObject({
      code: 'network-output',
      message: 'The network gave values that are not numbers, so its result was not used.',
    });
  });

  it('refuses a result of another size', async () => {
    const network = fakeNetwork(() => new Float32Array(5));
    await expect(applyNetwork(randomPicture(16, 16, 3, 8), network, { sigma: 10 })).rejects.toMatchObject({
      code: 'network-output',
    });
  });

  it('keeps the metadata', async () => {
    const picture = { ...randomPicture(16, 16, 3, 8), metadata: { icc: new Uint8Array([1, 2]) } };
    const result = await applyNetwork(picture, fakeNetwork(identity), { sigma: 10 });
    expect(result.metadata).toEqual(picture.metadata);
  });
});

function largestDifference(a: Picture, b: Picture): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i++)
    largest = Math.max(largest, Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)));
  return largest;
}
