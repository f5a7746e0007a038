/** Runs the steps of a restoration one after the other, without writing between. */
import { sigmaRange } from '../../preload/contract.ts';
import type { Devices } from '../devices/devices.ts';
import { withFallback } from '../devices/fallback.ts';
import type { Network } from '../engine/network.ts';
import { estimateSigma } from '../image/noise-estimate.ts';
import type { Picture } from '../image/picture.ts';
import { findModel } from '../library/models.ts';
import { applyNetwork } from '../restore/apply-network.ts';
import { blankFor } from '../restore/blank.ts';
import type { Restored } from '../restore/finish.ts';
import { withSmallerTiles } from '../restore/smaller-tiles.ts';
import { tilesFor } from '../restore/tiles.ts';
import type { Networks } from './networks.ts';
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
  readonly growing?: (picture: Picture) => void;
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
      (await onDevice(parts, chain[index]?.model ?? '', device, (network) =>
        step(parts, network, from, key.sigma, {
          ...run,
          growing: (picture) => last && run.growing?.(picture),
          progress: ({ progress, rows }) =>
            run.progress({
              progress: begun + share * progress,
              rows: last ? rows : 0,
              device: network.device,
            }),
        }),
      ));
    note = [note, result.note].filter((each) => each !== undefined).join(' ') || undefined;
    if (run.keep && !known) parts.results.keep(key, result);
    done += share;
  }
  return note === undefined ? result : { ...result, note };
}

/** One network on the device that is asked for or the fastest, and on the CPU where that fails. */
async function onDevice(
  { networks, devices }: ChainParts,
  model: string,
  asked: RestoreParams['device'],
  work: (network: Network) => Promise<ChainResult>,
): Promise<ChainResult> {
  const id = await devices.choose(asked, { kind: 'inference', model });
  const { result, note } = await withFallback(
    id,
    async (each) => work(await networks.load(model, each)),
    (...failure) => devices.failed(...failure),
  );
  return note === undefined ? result : { ...result, note };
}

/** One network over what the steps before it made. */
async function step(
  { rightOfWay }: ChainParts,
  network: Network,
  { picture, cleaned }: Restored,
  sigma: number,
  { signal, progress, growing }: Required<Pick<ChainRun, 'growing'>> & ChainRun,
): Promise<ChainResult> {
  const { device, scale } = network;
  const yielding: Network = {
    ...network,
    run: async (...tile) => {
      await rightOfWay.free();
      return network.run(...tile);
    },
  };
  const { result, ...noted } = await withSmallerTiles(tilesFor(scale), (tiles) => {
    const into = blankFor(picture, scale);
    growing(into);
    const onProgress = (tile: { progress: number; rows: number }) => progress({ ...tile, device });
    return applyNetwork(picture, yielding, { sigma, tiles, into, signal, onProgress });
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
