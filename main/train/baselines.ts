/** What a model's scores stand beside: the picture as it is, and classical methods. */
import type { Planes } from '../image/planes.ts';
import { resize } from '../image/resize.ts';
import type { Damage } from './evaluate.ts';
import type { Damaged } from './tasks/task.ts';

export interface Baseline {
  readonly name: string;
  readonly restore: (damaged: Damaged) => Promise<Planes>;
}

/** Name of what is compared with first: the damaged picture itself. */
export const untouched = 'as it is';

const itself: Baseline = { name: untouched, restore: async ({ seen }) => seen };
const bilateral: Baseline = {
  name: 'bilateral filter',
  restore: async ({ seen, sigma = 0 }) => {
    // Loaded late: OpenCV takes a third of a second, and few ever need it.
    const { bilateral: filter } = await import('../image/bilateral.ts');
    return filter(seen, sigma);
  },
};
const enlarging: readonly Baseline[] = [
  { name: 'bicubic', restore: async ({ seen, clean }) => resize(seen, clean.width, clean.height) },
  { name: 'Lanczos', restore: async ({ seen, clean }) => resize(seen, clean.width, clean.height, 'lanczos') },
];

export function baselines(damage: Damage): readonly Baseline[] {
  if (damage.kind === 'jpeg') return [itself];
  if ('scale' in damage && damage.scale > 1) return enlarging;
  return [itself, bilateral];
}
