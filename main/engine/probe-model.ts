/** Finds out how a model from elsewhere takes pictures, by showing it some. */
import { type Convention, channelOrders, type ImportOptions, sampleRanges } from '../../preload/contract.ts';
import { foreignNetwork, ranges } from './foreign-network.ts';
import type { ModelSession } from './load-network.ts';
import { ModelError } from './model-error.ts';
import type { ModelFacts } from './model-file.ts';

/** A photograph and the same with noise of which blue has most, as cameras' has: [3, height, width], 0..1. */
export interface ProbePictures {
  readonly clean: Float32Array;
  readonly noisy: Float32Array;
}

type Size = { readonly height: number; readonly width: number };
type Draw = (size: Size) => ProbePictures;

/** Sides that models are known to need multiples of. */
const multiples = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 48, 64, 128];
const largestScale = 8;
const fixedSides = { least: 16, most: 4096 };
/** A restored picture differs from the true one by no more than this share of what one flat colour would. */
const farthest = 0.7;
/** How much closer another way must come before it is taken for the right one. */
const clearly = 0.9;
const clearlyOrdered = 0.98;
/** Noise level that a model is told that asks for one, 0..1. */
const toldSigma = 8 / 255;

/**
 * Where several ways fit as well, the usual one is taken: 0..1, RGB.
 *
 * @param draw makes the pictures of a size
 * @param known what the person says is so
 * @throws ModelError when it is not a model that restores pictures
 */
export async function probeModel(
  session: ModelSession,
  facts: ModelFacts,
  draw: Draw,
  { known, label }: { readonly known: Pick<ImportOptions, 'order' | 'range'>; readonly label: string },
): Promise<Convention> {
  const probe = new Probe(session, draw, label);
  const shape = await probe.shape(facts.input);
  const range = await probe.range(shape, known.range);
  const order = known.order ?? (await probe.order({ ...shape, ...range }, facts.words));
  return { ...shape, ...range, order };
}

type Shape = Pick<Convention, 'layout' | 'channels' | 'scale' | 'multiple' | 'fixed'>;
type Ranges = Pick<Convention, 'input' | 'output'>;

class Probe {
  readonly #session: ModelSession;
  readonly #draw: Draw;
  readonly #label: string;
  readonly #tried = new Map<string, Float32Array>();

  constructor(session: ModelSession, draw: Draw, label: string) {
    this.#session = session;
    this.#draw = draw;
    this.#label = label;
  }

  /** Axes, scale, and the sizes that it takes. */
  async shape(axes: ModelFacts['input']): Promise<Shape> {
    const problems: string[] = [];
    for (const layout of layoutsOf(axes, this.#label)) {
      const { channels, fixed } = this.#read(axes, layout);
      const sizes = fixed
        ? [fixed]
        : [
            { height: 64, width: 128 },
            { height: 128, width: 256 },
          ];
      for (const size of sizes) {
        const scale = await this.#scaleAt({ layout, channels }, size).catch((error: Error) => {
          problems.push(error.message.split('\n')[0] ?? '');
        });
        if (scale === undefined) continue;
        const multiple = fixed ? 1 : await this.#multiple({ layout, channels, scale });
        return { layout, channels, scale, multiple, fixed };
      }
    }
    throw new ModelError(`${this.#label} could not be run on a picture: ${problems[0]}`);
  }

  /** The ranges with which a picture comes back as itself. */
  async range(shape: Shape, known: Convention['input'] | undefined): Promise<Ranges> {
    let best: { ranges: Ranges; error: number } | undefined;
    const inputs = known === undefined ? sampleRanges : [known];
    const pairs = inputs.flatMap((input) =>
      [input, ...inputs.filter((other) => other !== input)].map((output) => ({ input, output })),
    );
    // The same range on both sides is usual, and comes first.
    for (const ranges of pairs.sort((a, b) => Number(a.input !== a.output) - Number(b.input !== b.output))) {
      const error = await this.#error({ ...shape, ...ranges, order: 'rgb' });
      if (best === undefined || error < clearly * best.error) best = { ranges, error };
    }
    const { clean } = this.#draw(shape.fixed ?? freeSize);
    if (best && best.error <= farthest * spread(clean)) return best.ranges;
    throw new ModelError(
      `${this.#label} gives nothing like the picture that it is shown, so it is no model that restores pictures.`,
    );
  }

  async order(found: Omit<Convention, 'order'>, words: string): Promise<Convention['order']> {
    if (found.channels === 1) return 'rgb';
    const named = channelOrders.filter((order) => words.includes(order));
    if (named.length === 1 && named[0]) return named[0];
    const [rgb, bgr] = [
      await this.#error({ ...found, order: 'rgb' }),
      await this.#error({ ...found, order: 'bgr' }),
    ];
    return bgr < clearlyOrdered * rgb ? 'bgr' : 'rgb';
  }

  #read(axes: ModelFacts['input'], layout: Convention['layout']) {
    const [channels = 3, height, width] = layout === 'nchw' ? axes.slice(1) : [axes[3], axes[1], axes[2]];
    if (channels !== 1 && channels !== 3 && channels !== 4)
      throw new ModelError(`${this.#label} takes pictures of ${channels} channels; 1, 3 and 4 can be had.`);
    if (height === undefined && width === undefined) return { channels, fixed: undefined } as const;
    if (height === undefined || width === undefined)
      throw new ModelError(`${this.#label} takes only one side of any size.`);
    if (Math.min(height, width) < fixedSides.least || Math.max(height, width) > fixedSides.most)
      throw new ModelError(
        `${this.#label} takes only pictures of ${width} × ${height}; sides of ${fixedSides.least} to ${fixedSides.most} pixels can be had.`,
      );
    return { channels, fixed: { height, width } } as const;
  }

  /** How much larger a result is; fails where it is no picture of that form. */
  async #scaleAt(shape: Pick<Shape, 'layout' | 'channels'>, size: Size): Promise<number> {
    const input = this.#input(size, this.#draw(size).clean, shape.channels);
    const output = await this.#network({ ...plain, ...shape, scale: 1, multiple: 1 }).run(
      input,
      size.height,
      size.width,
    );
    const scale = Math.sqrt(output.length / (3 * size.height * size.width));
    if (Number.isInteger(scale) && scale <= largestScale) return scale;
    throw new ModelError(
      `its result is ${scale.toFixed(2)} times as large a side, not a whole number of times.`,
    );
  }

  async #multiple(shape: Pick<Shape, 'layout' | 'channels' | 'scale'>): Promise<number> {
    for (const multiple of multiples) {
      const odd = Math.ceil(32 / multiple) | 1;
      const size = { height: odd * multiple, width: (odd + 2) * multiple };
      const scale = await this.#scaleAt(shape, size).catch(() => undefined);
      if (scale === shape.scale) return multiple;
    }
    throw new ModelError(
      `${this.#label} takes pictures of some sizes only, and which could not be found out.`,
    );
  }

  /** Root mean square by which a noisy picture, restored, differs from what it was made of. */
  async #error(convention: Convention): Promise<number> {
    const size = convention.fixed ?? freeSize;
    const { clean } = this.#draw(size);
    const shown = await this.#shown(convention, size);
    const [gain, offset] = ranges[convention.output];
    const sum = clean.reduce(
      (total, value, i) => total + (value - ((shown[i] as number) - offset) / gain) ** 2,
      0,
    );
    const error = Math.sqrt(sum / clean.length);
    return Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
  }

  /** The model's numbers for the picture, in its size; each way of showing it is tried once. */
  async #shown(convention: Convention, size: Size): Promise<Float32Array> {
    const way = `${convention.input} ${convention.order}`;
    const known = this.#tried.get(way);
    if (known) return known;
    const { clean, noisy } = this.#draw(size);
    const input = this.#input(size, convention.scale === 1 ? noisy : clean, convention.channels);
    const network = this.#network({ ...convention, output: '0..1' });
    const shown = blockMeans(await network.run(input, size.height, size.width), size, convention.scale);
    this.#tried.set(way, shown);
    return shown;
  }

  #input({ height, width }: Size, colours: Float32Array, channels: number): Float32Array {
    if (channels !== 4) return colours;
    const input = new Float32Array(4 * height * width).fill(toldSigma);
    input.set(colours);
    return input;
  }

  #network(convention: Convention) {
    return foreignNetwork(this.#session, convention);
  }
}

const freeSize = { height: 128, width: 256 };
const plain = { order: 'rgb', input: '0..1', output: '0..1' } as const;

function layoutsOf([, second, third, last]: ModelFacts['input'], label: string): Convention['layout'][] {
  const channels = (axis: number | undefined) => axis !== undefined && axis <= 4;
  if (channels(second)) return ['nchw'];
  if (channels(last)) return ['nhwc'];
  if (second === undefined) return ['nchw', 'nhwc'];
  if (third !== undefined && last === undefined) return ['nhwc'];
  throw new ModelError(`${label} takes pictures of ${second} channels; 1, 3 and 4 can be had.`);
}

/** Standard deviation. */
function spread(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** A result brought back to the size of its source, [3, height, width]. */
function blockMeans(values: Float32Array, { height, width }: Size, scale: number): Float32Array {
  if (scale === 1) return values;
  const reduced = new Float32Array(3 * height * width);
  const [rows, columns] = [height * scale, width * scale];
  for (let i = 0; i < values.length; i++) {
    const [c, y, x] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns];
    const to = (c * height + Math.floor(y / scale)) * width + Math.floor(x / scale);
    reduced[to] = (reduced[to] as number) + (values[i] as number) / scale ** 2;
  }
  return reduced;
}
