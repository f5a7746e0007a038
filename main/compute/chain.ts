/** Runs the steps of a restoration one after the other, without writing between. */
import { type Device, type Part, sigmaRange, type TileGrid } from '../../preload/contract.ts';
import type { Devices } from '../devices/devices.ts';
import type { Network } from '../engine/network.ts';
import type { Begun } from '../image/growing-tile.ts';
import { estimateNoise } from '../image/noise-estimate.ts';
import { pyramidOf } from '../image/pyramid.ts';
import { type TiledPicture, tiledInMemory } from '../image/tiled-picture.ts';
import { findModel } from '../library/models.ts';
import { planGrid, restoreTiles } from '../restore/apply-network.ts';
import { enlargedShape } from '../restore/enlarged-shape.ts';
import type { Blank, Restored } from '../restore/finish.ts';
import { nextTile, sameTiles, tileRect } from '../restore/tile-grid.ts';
import { unlikeTraining } from '../restore/unlike-training.ts';
import { type PlacedNetwork, withFittingTiles } from './fitting-tiles.ts';
import type { Networks } from './networks.ts';
import { onDevice } from './on-device.ts';
import type { ChainStep, RestoreParams, TileProgress } from './protocol.ts';
import type { ResultStore, StepKey } from './result-store.ts';
import type { RightOfWay } from './right-of-way.ts';

export interface ChainParts {
  readonly results: ResultStore;
  readonly networks: Networks;
  readonly devices: Pick<Devices, 'choose' | 'failed' | 'whyNot' | 'tileSide' | 'rememberTileSide'>;
  readonly rightOfWay: RightOfWay;
}

/** A picture that is restored. */
export interface ChainSource {
  /** Key in the picture store. */
  readonly key: string;
  readonly picture: TiledPicture;
}

export interface ChainRun {
  readonly signal: AbortSignal;
  readonly progress: (progress: TileProgress) => void;
  /** Makes room for what each step fills. */
  readonly blank: Blank;
  /** Told of the picture that the last step fills, which is then in memory. */
  readonly growing?: (begun: Begun) => void;
  /** What is looked at, and so is done first; row by row where nobody looks. */
  readonly look?: () => Part | undefined;
  /** Whether what each step makes is kept for another time. */
  readonly keep: boolean;
}

/** A run as one of its steps sees it. */
type StepRun = Omit<ChainRun, 'growing'> & { readonly growing: ChainRun['growing'] | undefined };

export interface ChainResult extends Restored {
  /** Name of the device; of the last step's where they differ. */
  readonly device: string;
  /** What the person should know of how it was made. */
  readonly note?: string;
}

/** What a restoration will be made by. */
export interface ChainPlan {
  /** What the result after each step depends on. */
  readonly keys: readonly StepKey[];
  /** Noise level that the networks are told, 8-bit levels; absent where none is told one. */
  readonly sigma?: number;
  /** What the person should know of it beforehand. */
  readonly note?: string;
}

export async function planChain(
  networks: Networks,
  source: ChainSource,
  chain: readonly ChainStep[],
): Promise<ChainPlan> {
  const levels = await Promise.all(chain.map(levelTold));
  const estimated = levels.includes('estimate');
  const estimate = estimated ? estimateNoise(source.picture) : { level: 0, sure: true };
  const known = levels.map((level) => (level === 'estimate' ? withinTraining(estimate.level) : level));
  const steps = await Promise.all(
    chain.map(async ({ model }, i) => ({ model: await networks.fingerprint(model), sigma: known[i] ?? 0 })),
  );
  const keys = steps.map((step, i) => ({
    source: source.key,
    steps: steps.slice(0, i + 1),
    sigma: step.sigma,
  }));
  const told = known.filter((level) => level !== undefined);
  return {
    keys,
    ...(told.length > 0 && { sigma: Math.max(...told) }),
    ...(!estimate.sure && { note: unsureNote }),
  };
}

/** What a step's network is told of the noise; undefined where it is not told. A bare file may be. */
async function levelTold({ model, sigma }: ChainStep): Promise<ChainStep['sigma']> {
  const { card } = await findModel(model);
  return card && card.sigmaMax === undefined ? undefined : sigma;
}

const unsureNote =
  'Too little of the picture is flat to tell noise from texture: if noise is left, set its level by hand.';

function withinTraining(sigma: number): number {
  return Math.min(sigmaRange.max, Math.max(sigmaRange.min, sigma));
}

/** @throws what loading and running the networks throws on the CPU, where everything is tried in the end */
export async function runChain(
  parts: ChainParts,
  source: ChainSource,
  plan: ChainPlan,
  { chain, device }: Pick<RestoreParams, 'chain' | 'device'>,
  run: ChainRun,
): Promise<ChainResult> {
  const shares = await sharesOf(chain);
  let result: ChainResult = { cleaned: source.picture, picture: source.picture, device: '' };
  let done = 0;
  const notes = [plan.note];
  for (const [index, key] of plan.keys.entries()) {
    const share = shares[index] ?? 0;
    const last = index === plan.keys.length - 1;
    const begun = done;
    const from = result;
    const model = chain[index]?.model ?? '';
    const known = parts.results.get(key);
    result =
      known ??
      (await deviceResult(parts, model, device, from.picture, (network, on) =>
        step(parts, { network, model, device: on }, from, key, {
          ...run,
          growing: last ? run.growing : undefined,
          progress: ({ progress, ...news }) => run.progress({ ...news, progress: begun + share * progress }),
        }),
      ));
    notes.push(result.note);
    if (run.keep && !known) parts.results.keep(key, result);
    done += share;
  }
  const { note: _, ...made } = result;
  return withNotes(made, ...notes);
}

/** How many times as large a side a chain makes a picture, as far as its models' cards say. */
export async function scaleOf(chain: readonly Pick<ChainStep, 'model'>[]): Promise<number> {
  const models = await Promise.all(chain.map(({ model }) => findModel(model)));
  return models.reduce((product, { card }) => product * (card?.scale ?? 1), 1);
}

/** One step, with what the person should know of the device, and of the picture and the model. */
async function deviceResult(
  parts: ChainParts,
  model: string,
  asked: RestoreParams['device'],
  picture: TiledPicture,
  work: (network: Network, id: Device['id']) => Promise<ChainResult>,
): Promise<ChainResult> {
  const { result, note } = await onDevice(parts, model, asked, work);
  const { card } = await findModel(model);
  return withNotes(result, note, unlikeTraining(picture, card));
}

/** A result with what there is to be known of it. */
function withNotes(result: ChainResult, ...notes: readonly (string | undefined)[]): ChainResult {
  const note = [result.note, ...notes].filter((each) => each !== undefined).join(' ');
  return note === '' ? result : { ...result, note };
}

/** One network over what the steps before it made. */
async function step(
  { rightOfWay, results, devices }: ChainParts,
  placed: PlacedNetwork,
  { picture, cleaned }: Restored,
  key: StepKey,
  { signal, progress, look, ...run }: StepRun,
): Promise<ChainResult> {
  const { network } = placed;
  const { device, scale } = network;
  const yielding: Network = {
    ...network,
    run: async (...tile) => {
      await rightOfWay.free();
      return network.run(...tile);
    },
  };
  const { result, ...noted } = await withFittingTiles(devices, placed, async (tiles) => {
    const grid = planGrid(picture, network, tiles);
    const room = run.blank(enlargedShape(picture, scale));
    const begun = begunOf(results, key, grid) ?? (run.keep ? { picture: room.whole(), grid } : undefined);
    if (begun && run.keep) results.begin(key, begun);
    if (begun) run.growing?.(begun);
    const into = begun ? tiledInMemory(begun.picture) : room;
    await restoreTiles(picture, yielding, into, {
      sigma: key.sigma,
      tiles,
      grid: begun?.grid ?? grid,
      next: (tilesLeft) => nextTile(tilesLeft, look?.()),
      signal,
      onProgress: ({ progress: share, tile }) => {
        if (begun) pyramidOf(begun.picture).changed(tileRect(begun.grid, tile));
        progress({ progress: share, device });
      },
    });
    return into;
  });
  const enlarged = picture !== cleaned || scale > 1;
  return { picture: result, cleaned: enlarged ? cleaned : result, device, ...noted };
}

/** What there is of a step that was given up. */
function begunOf(results: ResultStore, key: StepKey, grid: TileGrid): Begun | undefined {
  const left = results.begun(key);
  return left && sameTiles(left.grid, grid) ? left : undefined;
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
