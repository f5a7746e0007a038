/** Progressive patches: a run's stages, one after the other. */
import type { Run, Stage } from './run-files.ts';
import type { Task } from './tasks/task.ts';

type Stages = Run['stages'];

/**
 * Stages for a network whose patches must be multiples of `multiple` pixels of the result, from small to large. Where
 * a patch takes twice its side of a photo, they stay small, so that small photos can be learned from too.
 */
export function defaultStages(multiple: number, cut: Task['cut']): Stages {
  const rounded = (size: number) => Math.ceil(size / multiple) * multiple;
  if (cut > 1) return [{ patches: 16, size: rounded(64), share: 1 }];
  return [
    { patches: 16, size: rounded(64), share: 0.6 },
    { patches: 8, size: rounded(96), share: 0.3 },
    { patches: 4, size: rounded(128), share: 0.1 },
  ];
}

/** Pixels of the result in the steps so far. */
export function pixelsUntil(run: Pick<Run, 'stages' | 'steps'>, step: number): number {
  return Array.from({ length: step }, (_, i) => stageAt(run, i + 1)).reduce(
    (sum, { patches, size }) => sum + patches * size * size,
    0,
  );
}

/** The stage that a step belongs to, steps counted from 1; the first while the run's length isn't known. */
export function stageAt({ stages, steps }: Pick<Run, 'stages' | 'steps'>, step: number): Stage {
  let end = 0;
  for (const { patches, size, share } of stages) {
    end += share * (steps ?? Number.POSITIVE_INFINITY);
    if (step <= Math.round(end)) return { patches, size };
  }
  const { patches, size } = stages.at(-1) as Stage;
  return { patches, size };
}
