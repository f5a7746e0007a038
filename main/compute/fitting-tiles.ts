/** Tiles for which the memory of a device lasts. */
import type { Device } from '../../preload/contract.ts';
import type { Devices } from '../devices/devices.ts';
import type { Network } from '../engine/network.ts';
import { type Attempted, withSmallerTiles } from '../restore/smaller-tiles.ts';
import { type TileOptions, tilesFor } from '../restore/tiles.ts';

/** A network where it was loaded. */
export interface PlacedNetwork {
  readonly network: Network;
  readonly device: Device['id'];
  /** As it was asked for. */
  readonly model: string;
}

/** As `withSmallerTiles`, from what is remembered of the device and the model on, and remembering what is found. */
export async function withFittingTiles<T>(
  devices: Pick<Devices, 'tileSide' | 'rememberTileSide'>,
  { network, device, model }: PlacedNetwork,
  attempt: (tiles: TileOptions) => Promise<T>,
): Promise<Attempted<T>> {
  const usual = tilesFor(network);
  const side = Math.min(usual.side, (await devices.tileSide(device, model)) ?? usual.side);
  return withSmallerTiles({ side, overlap: Math.min(usual.overlap, side >> 2) }, attempt, (found) =>
    devices.rememberTileSide(device, model, found),
  );
}
