import { luminanceWeights, type RelumeClient, type Shares } from '../../../preload/contract.ts';
import type { OpenPicture } from '../open-picture.svelte.ts';
import { isReadyAt } from './ready-geometry.ts';
import type { Point } from './view-geometry.ts';

/** Where samples are wanted. */
export interface Probe {
  readonly picture: string;
  /** Layer of the result; undefined while there is none at this pixel. */
  readonly layer: string | undefined;
  /** In the layer's pixels, or in the picture's where there is no layer. */
  readonly x: number;
  readonly y: number;
  /** Whether the result with its lost texture is wanted too. */
  readonly detail: boolean;
}

/** What to ask at a pixel of the frame: the result where it is there and has these pixels, else the picture. */
export function probeAt({ picture, frame, result, parts }: OpenPicture, { x, y }: Point): Probe {
  const there = result.layer?.size.width === frame.width && isReadyAt({ x, y }, result.ready);
  const layer = there ? result.layer?.id : undefined;
  const reduced = layer === undefined ? picture.width / frame.width : 1;
  const detail = parts.detail > 0 && layer !== undefined && layer === result.wholeLayer?.id;
  return { picture: picture.id, layer, detail, x: Math.floor(x * reduced), y: Math.floor(y * reduced) };
}

/** Samples of a pixel, in the file's own numbers. */
export interface Samples {
  readonly x: number;
  readonly y: number;
  readonly before: readonly number[];
  /** What a result is mixed with that is larger than the picture. */
  readonly base?: readonly number[] | undefined;
  /** What the network made of it; absent while there is no result. */
  readonly after?: readonly number[] | undefined;
  /** That with its lost texture. */
  readonly detailed?: readonly number[] | undefined;
}

/** Asks for the samples under the pointer: one question at a time, and then the latest. */
export class PixelValues {
  readonly #client: RelumeClient;
  readonly #report: (error: unknown) => void;
  #samples = $state.raw<Samples>();
  #wanted: Probe | undefined;
  #asking = false;

  /** @param report told what went wrong, unless the pixels are only not there any more */
  constructor(client: RelumeClient, report: (error: unknown) => void) {
    this.#client = client;
    this.#report = report;
  }

  /** The last answer; undefined beside the picture. */
  get samples(): Samples | undefined {
    return this.#samples;
  }

  /** Asks for a pixel, or for none. */
  ask(probe: Probe | undefined): void {
    this.#wanted = probe;
    if (!probe) this.#samples = undefined;
    else if (!this.#asking) void this.#askOn(probe);
  }

  async #askOn(first: Probe): Promise<void> {
    this.#asking = true;
    let asked: Probe | undefined;
    for (let probe: Probe | undefined = first; probe && probe !== asked; probe = this.#wanted) {
      asked = probe;
      const samples = await this.#answer(probe);
      if (this.#wanted) this.#samples = samples;
    }
    this.#asking = false;
  }

  async #answer({ x, y, ...probe }: Probe): Promise<Samples | undefined> {
    try {
      return { x, y, ...(await this.#client.call('pictures.pixel', { ...probe, x, y })) };
    } catch (error) {
      if (!isGone(error)) this.#report(error);
      return undefined;
    }
  }
}

/** Whether a picture was closed, or its pixels had to make room, between the question and the answer. */
function isGone(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'no-such-picture' || error.code === 'no-such-layer';
}

/** What is seen of a pixel: the blend that a copy would be saved with, as main/restore/blend.ts makes it. */
export function blended(
  { before, base = before, after = base, detailed = after }: Omit<Samples, 'x' | 'y'>,
  { luminance, colour, detail }: Shares,
): number[] {
  const moved = base.map((from, channel) => (after[channel] ?? from) - from);
  const grey = base.length < 3;
  const share = grey ? luminance : colour;
  const lift = grey ? 0 : (luminance - colour) * luminanceOf(moved);
  return base.map((from, channel) => {
    const texture = (detailed[channel] ?? 0) - (after[channel] ?? 0);
    const alpha = channel === 3 || (grey && channel === 1);
    const change = alpha
      ? luminance * (moved[channel] ?? 0)
      : share * (moved[channel] ?? 0) + lift + luminance * detail * texture;
    return Math.max(0, Math.floor(from + change + 0.5));
  });
}

function luminanceOf(values: readonly number[]): number {
  return luminanceWeights.reduce((sum, weight, channel) => sum + weight * (values[channel] ?? 0), 0);
}
