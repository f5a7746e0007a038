/** Where the points of a curve lie in its drawing. */
export type Point = readonly [step: number, value: number];

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
  readonly top: number;
}

export interface Scales {
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

/**
 * Scales that hold every value with a little air, and two to five round ticks.
 *
 * @param steps the last step of the run, or 0 while it is not known
 */
export function scalesFor(
  points: readonly Point[],
  others: readonly number[],
  steps: number,
  frame: Frame,
): Scales {
  const values = [...points.map(([, value]) => value), ...others];
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const air = Math.max((high - low) * 0.12, Math.abs(high) * 0.002, 1e-6);
  const [from, to] = [low - air, high + air];
  const last = Math.max(steps, points.at(-1)?.[0] ?? 0, 1);
  const room = frame.height - frame.top - frame.bottom;
  return {
    x: (step) => frame.left + ((frame.width - frame.left) * step) / last,
    y: (value) => frame.top + (room * (to - value)) / (to - from),
    ticks: roundTicks(from, to),
  };
}

/** Multiples of 1, 2 or 5 times a power of ten inside the range, at most five. */
export function roundTicks(from: number, to: number): number[] {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** An SVG path through the points. */
export function pathThrough(points: readonly Point[], { x, y }: Scales): string {
  return points
    .map(([step, value], i) => `${i === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
}
