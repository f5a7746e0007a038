import { describe, expect, it } from 'vitest';
import { NetworkOutputError } from '../../../main/restore/apply-network.ts';
import { withSmallerTiles } from '../../../main/restore/smaller-tiles.ts';
import { planAxis, type TileOptions, tilesFor } from '../../../main/restore/tiles.ts';

/** Fails with an error while tiles are larger than some side; tells what was tried and what was remembered. */
async function tried(tiles: TileOptions, most: number, error: Error) {
  const sides: number[] = [];
  const remembered: number[] = [];
  const attempted = await withSmallerTiles(
    tiles,
    async (each) => {
      sides.push(each.side);
      if (each.side > most) throw error;
      return each;
    },
    async (side) => {
      remembered.push(side);
    },
  );
  return { ...attempted, sides, remembered };
}

describe('withSmallerTiles', () => {
  const tiles = { side: 896, overlap: 48 };
  const noMemory = new Error('Failed to allocate memory for requested buffer of size 9');

  it('takes the tiles it is given while they work', async () => {
    expect(await tried(tiles, 896, noMemory)).toEqual({ result: tiles, sides: [896], remembered: [] });
  });

  it('halves them when memory runs out, says so, and tells what to remember', async () => {
    expect(await tried(tiles, 500, noMemory)).toEqual({
      result: { side: 448, overlap: 48 },
      note: 'Done in tiles of 448 pixels: larger ones failed.',
      sides: [896, 448],
      remembered: [448],
    });
  });

  it('halves them for a wrong result too, which may be the picture’s fault and is not remembered', async () => {
    const { sides, remembered } = await tried(tiles, 300, new NetworkOutputError('The network gave NaN.'));
    expect([sides, remembered]).toEqual([[896, 448, 224], []]);
  });

  it('gives up after two halvings, and at once where smaller tiles cannot help', async () => {
    await expect(tried(tiles, 100, noMemory)).rejects.toBe(noMemory);
    await expect(tried(tiles, 100, new Error('The model is damaged.'))).rejects.toThrow('damaged');
  });

  it.each([
    { scale: 1, foreign: true },
    { scale: 1, foreign: false },
    { scale: 4, foreign: true },
    { scale: 2, foreign: false },
  ])('leaves room between the overlaps of the smallest tiles: %o', async (network) => {
    const usual = tilesFor(network);
    const { result } = await tried(usual, usual.side / 4, noMemory);
    expect(planAxis(1000, 8, result).spans.length).toBeGreaterThan(1);
  });
});
