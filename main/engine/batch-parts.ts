/** A batch taken in equal parts, one after the other: the same step where the whole does not fit into memory. */
import { sizeOf } from './graph/graph.ts';
import type { Objective } from './objective.ts';
import type { Batch } from './trainer.ts';

/** Whether the batch's gradient is the mean of those of so many equal parts of it. */
export function isDivisible({ inputs, isMean }: Objective, parts: number): boolean {
  if (parts === 1) return true;
  const lengths = Object.values(inputs).flatMap(([length]) => length ?? []);
  return isMean === true && lengths.every((length) => length % parts === 0);
}

/** The objective for one of the parts. Values without a shape, such as a weight, are the same for all. */
export function partOf({ inputs, ...objective }: Objective, parts: number): Objective {
  const shapes = Object.entries(inputs).map(([name, [length, ...rest]]) => [
    name,
    length === undefined ? [] : [length / parts, ...rest],
  ]);
  return { ...objective, inputs: Object.fromEntries(shapes) };
}

/** The batch's parts, in order, as views of its values. */
export function partsOf({ inputs }: Objective, batch: Batch, parts: number): Batch[] {
  return Array.from({ length: parts }, (_, part) =>
    Object.fromEntries(
      Object.entries(batch).map(([name, values]) => {
        const shape = inputs[name] ?? [];
        const length = sizeOf(shape) / parts;
        return [name, shape.length === 0 ? values : values.subarray(part * length, (part + 1) * length)];
      }),
    ),
  );
}

/** Means of what the parts report, by name. */
export function meansOf(
  reports: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
  const names = Object.keys(reports[0] ?? {});
  const mean = (name: string) =>
    reports.reduce((sum, report) => sum + (report[name] ?? Number.NaN), 0) / reports.length;
  return Object.fromEntries(names.map((name) => [name, mean(name)]));
}
