/** A model from elsewhere behind the interface of Relume's own: RGB in 0..1, [1, C, H, W]. */
import type { Convention, sampleRanges } from '../../preload/contract.ts';
import type { ModelSession } from './load-network.ts';
import { ModelError } from './model-error.ts';
import type { Network } from './network.ts';

/** A sample of 0..1 times the first, plus the second. */
export const ranges: Readonly<Record<(typeof sampleRanges)[number], readonly [number, number]>> = {
  '0..1': [1, 0],
  '0..255': [255, 0],
  '-1..1': [2, -1],
};

export function foreignNetwork(session: ModelSession, convention: Convention): Network {
  const { channels, multiple, scale, fixed } = convention;
  const run = runner(session, convention);
  return {
    inputChannels: channels === 4 ? 4 : 3,
    outputChannels: 3,
    multiple,
    scale,
    fixed,
    foreign: true,
    device: session.device,
    run: channels === 1 ? eachColour(run) : run,
    dispose: () => session.dispose(),
  };
}

type Run = Network['run'];

function runner(session: ModelSession, { layout, channels, ...convention }: Convention): Run {
  const [name, result] = [session.inputs[0]?.name ?? '', session.outputs[0]?.name ?? ''];
  return async (input, height, width) => {
    const nchw = layout === 'nchw';
    const shape = nchw ? [1, channels, height, width] : [1, height, width, channels];
    const outputs = await session.run(name, packed(input, channels, { layout, ...convention }), shape);
    const values = outputs[result];
    if (!values) throw new ModelError('The model gave no float values.');
    return unpacked(values, Math.min(3, channels), { layout, ...convention });
  };
}

/** Each colour as a picture of its own. */
function eachColour(run: Run): Run {
  return async (input, height, width) => {
    const plane = height * width;
    const results: Float32Array[] = [];
    for (let c = 0; c < 3; c++)
      results.push(await run(input.subarray(c * plane, (c + 1) * plane), height, width));
    const [first] = results;
    const together = new Float32Array(3 * (first?.length ?? 0));
    for (const [c, each] of results.entries()) together.set(each, c * each.length);
    return together;
  };
}

type Packing = Pick<Convention, 'layout' | 'order' | 'input' | 'output'>;

/** Planes of 0..1 as the model takes them; a fourth, the noise level, is only scaled. */
function packed(planes: Float32Array, channels: number, { layout, order, input }: Packing): Float32Array {
  const [gain, offset] = ranges[input];
  const plane = planes.length / channels;
  const values = new Float32Array(planes.length);
  for (let c = 0; c < channels; c++) {
    const from = placeOf(c, channels, order) * plane;
    const lift = c === 3 ? 0 : offset;
    const [first, step] = layout === 'nchw' ? [c * plane, 1] : [c, channels];
    for (let i = 0, to = first; i < plane; i++, to += step)
      values[to] = (planes[from + i] as number) * gain + lift;
  }
  return values;
}

/** What the model gave as planes of 0..1. */
function unpacked(values: Float32Array, channels: number, { layout, order, output }: Packing): Float32Array {
  const [gain, offset] = ranges[output];
  const plane = values.length / channels;
  const planes = new Float32Array(values.length);
  for (let c = 0; c < channels; c++) {
    const to = placeOf(c, channels, order) * plane;
    const [first, step] = layout === 'nchw' ? [c * plane, 1] : [c, channels];
    for (let i = 0, at = first; i < plane; i++, at += step)
      planes[to + i] = ((values[at] as number) - offset) / gain;
  }
  return planes;
}

/** Where a channel stands in RGB. */
const placeOf = (channel: number, channels: number, order: Convention['order']) =>
  order === 'bgr' && channels >= 3 && channel < 3 ? 2 - channel : channel;
