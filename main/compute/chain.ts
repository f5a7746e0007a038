/** Runs the steps of a restoration one after the other, without writing between. */
import { type Part, sigmaRange } from '../../preload/contract.ts';
import type { Devices } from '../devices/devices.ts';
import type { Network } from '../engine/network.ts';
import type { Begun } from '../image/growing-tile.ts';
import { estimateSigma } from '../image/noise-estimate.ts';
import { pyramidOf } from '../image/pyramid.ts';
import { findModel } from '../library/models.ts';
import { applyNetwork, planGrid } from '../restore/apply-network.ts';
import { blankFor } from '../restore/blank.ts';
import type { Restored } from '../restore/finish.ts';
import { withSmallerTiles } from '../restore/smaller-tiles.ts';
import { nextTile, sameTiles, tileRect } from '../restore/tile-grid.ts';
import { tilesFor } from '../restore/tiles.ts';
import type { Networks } from './networks.ts';
import { onDevice } from './on-device.ts';
import type { StoredPicture } from './picture-store.ts';
import type { ChainStep, RestoreParams, TileProgress } from './protocol.ts';
import type { ResultStore, StepKey } from './result-store.ts';
import type { RightOfWay } from './right-of-way.ts';

export interface ChainParts {
  readonly results: ResultStore;
  readonly networks: Networks;
  readonly devices: Pick<Devices, 'choose' | 'failed'>;
  readonly rightOfWay: RightOfWay;
}

export interface ChainRun {
  readonly signal: AbortSignal;
  readonly progress: (progress: TileProgress) => void;
  /** Told of the picture that the last step fills. */
  readonly growing?: (begun: Begun) => void;
  /** What is looked at, and so is done first; row by row where nobody looks. */
  readonly look?: () => Part | undefined;
  /** Whether what each step makes is kept for another time. */
  readonly keep: boolean;
}

export interface ChainResult extends Restored {
  /** Name of the device; of the last step's where they differ. */
  readonly device: string;
  /** What the person should know of how it was made. */
  readonly note?: string;
}

/** What the result after each step depends on. */
export async function stepKeys(
  networks: Networks,
  source: StoredPicture,
  chain: readonly ChainStep[],
): Promise<StepKey[]> {
  const estimated = chain.some(({ sigma }) => sigma === 'estimate');
  const estimate = estimated ? withinTraining(estimateSigma(source.picture)) : 0;
  const steps = await Promise.all(
    chain.map(async ({ model, sigma = 0 }) => ({
      model: await networks.fingerprint(model),
      sigma: sigma === 'estimate' ? estimate : sigma,
    })),
  );
  return steps.map((step, i) => ({ source: source.key, steps: steps.slice(0, i + 1), sigma: step.sigma }));
}

function withinTraining(sigma: number): number {
  return Math.min(sigmaRange.max, Math.max(sigmaRange.min, sigma));
}

/** @throws what loading and running the networks throws on the CPU, where everything is tried in the end */
export async function runChain(
  parts: ChainParts,
  source: StoredPicture,
  keys: readonly StepKey[],
  { chain, device }: Pick<RestoreParams, 'chain' | 'device'>,
  run: ChainRun,
): Promise<ChainResult> {
  const shares = await sharesOf(chain);
  let result: ChainResult = { cleaned: source.picture, picture: source.picture, device: '' };
  let done = 0;
  let note: string | undefined;
  for (const [index, key] of keys.entries()) {
    const share = shares[index] ?? 0;
    const last = index === keys.length - 1;
    const begun = done;
    const from = result;
    const known = parts.results.get(key);
    result =
      known ??
      (await deviceResult(parts, chain[index]?.model ?? '', device, (network) =>
        step(parts, network, from, key, {
          ...run,
          growing: (picture) => last && run.growing?.(picture),
          progress: ({ progress, ...news }) => run.progress({ ...news, progress: begun + share * progress }),
        }),
      ));
    note = [note, result.note].filter((each) => each !== undefined).join(' ') || undefined;
    if (run.keep && !known) parts.results.keep(key, result);
    done += share;
  }
  return note === undefined ? result : { ...result, note };
}

/** One step, with what the person should know of the device. */
async function deviceResult(
  parts: ChainParts,
  model: string,
  asked: RestoreParams['device'],
  work: (network: Network) => Promise<ChainResult>,
): Promise<ChainResult> {
  const { result, note } = await onDevice(parts, model, asked, work);
  return note === undefined ? result : { ...result, note };
}

/** One network over what the steps before it made. */
async function step(
  { rightOfWay, results }: ChainParts,
  network: Network,
  { picture, cleaned }: Restored,
  key: StepKey,
  { signal, progress, growing, look, keep }: Required<Pick<ChainRun, 'growing'>> & ChainRun,
): Promise<ChainResult> {
  const { device, scale } = network;
  const yielding: Network = {
    ...network,
    run: async (...tile) => {
      await rightOfWay.free();
      return network.run(...tile);
    },
  };
  const { result, ...noted } = await withSmallerTiles(tilesFor(network), (tiles) => {
    const grid = planGrid(picture, network, tiles);
    const left = results.begun(key);
    const begun = left && sameTiles(left.grid, grid) ? left : { picture: blankFor(picture, scale), grid };
    if (keep) results.begin(key, begun);
    growing(begun);
    return applyNetwork(picture, yielding, {
      sigma: key.sigma,
      tiles,
      into: begun.picture,
      grid: begun.grid,
      next: (tilesLeft) => nextTile(tilesLeft, look?.()),
      signal,
      onProgress: ({ progress: share, tile }) => {
        pyramidOf(begun.picture).changed(tileRect(begun.grid, tile));
        progress({ progress: share, device });
      },
    });
  });
  const enlarged = picture !== cleaned || scale > 1;
  return { picture: result, cleaned: enlarged ? cleaned : result, device, ...noted };
}

/** Each step's share of the work, by what its model costs a pixel and how large the picture is by then. */
async function sharesOf(chain: readonly ChainStep[]): Promise<number[]> {
  let pixels = 1;
  const costs: number[] = [];
  for (const { model } of chain) {
    const { card } = await findModel(model);
    pixels *= (card?.scale ?? 1) ** 2;
    costs.push(pixels * (moving + (card?.kMacPerPixel ?? unknownCost)));
  }
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  return costs.map((cost) => cost / total);
}

/** Thousand multiply-accumulates a pixel: for a model that has no card, and for what is beside the network. */
const unknownCost = 100;
const moving = 2;
