/** A first look at what a chain will make of a large picture. */
import type { Network } from '../engine/network.ts';
import type { QuickLook } from '../image/growing-tile.ts';
import { estimateNoise } from '../image/noise-estimate.ts';
import type { Picture } from '../image/picture.ts';
import { pyramidOf } from '../image/pyramid.ts';
import { applyNetwork } from '../restore/apply-network.ts';
import type { ChainParts } from './chain.ts';
import { type PlacedNetwork, withFittingTiles } from './fitting-tiles.ts';
import { onDevice } from './on-device.ts';
import type { RestoreParams } from './protocol.ts';
import type { StepKey } from './result-store.ts';

/** Pixels that are worth a quick look, and those that it is made of at most: about half a second's work. */
const large = 4e6;
const most = 1.5e6;

/**
 * Runs the steps that keep the size on a reduced version. Noise is weaker there, so each is told what is left
 * of it, never more than it will be told.
 *
 * @returns undefined where the picture is small, or is enlarged by a number that is no power of two
 * @throws {RelumeError} as `runChain` does
 */
export async function quickLook(
  parts: ChainParts,
  source: Picture,
  keys: readonly StepKey[],
  { chain, device }: Pick<RestoreParams, 'chain' | 'device'>,
  signal: AbortSignal,
): Promise<(QuickLook & { readonly device: string }) | undefined> {
  const pixels = source.width * source.height;
  if (pixels <= large) return undefined;
  const level = Math.ceil(Math.log2(pixels / most) / 2);
  let looked = { picture: reduced(source, level), scale: 1, device: '' };
  const left = estimateNoise(looked.picture).level;
  for (const [index, { model }] of chain.entries()) {
    const { picture, scale } = looked;
    const sigma = Math.min(keys[index]?.sigma ?? 0, left);
    const { result } = await onDevice(parts, model, device, async (network, on) => ({
      picture:
        network.scale > 1
          ? picture
          : await applied(parts, picture, { network, model, device: on }, sigma, signal),
      scale: scale * network.scale,
      device: network.device,
    }));
    looked = result;
  }
  const further = Math.log2(looked.scale);
  return Number.isInteger(further) ? { ...looked, level: level + further } : undefined;
}

async function applied(
  { rightOfWay, devices }: ChainParts,
  picture: Picture,
  placed: PlacedNetwork,
  sigma: number,
  signal: AbortSignal,
): Promise<Picture> {
  const { network } = placed;
  const run: Network['run'] = async (...tile) => {
    await rightOfWay.free();
    return network.run(...tile);
  };
  const { result } = await withFittingTiles(devices, placed, (tiles) =>
    applyNetwork(picture, { ...network, run }, { sigma, signal, tiles }),
  );
  return result;
}

/** A level of a picture as a picture. */
function reduced(picture: Picture, level: number): Picture {
  return { ...picture, ...pyramidOf(picture).level(level) };
}
