/** Runs of generators as a list shows them, whoever trains them. */
import type { GeneratorRunSummary } from '../../preload/contract.ts';
import { hasModel, listRuns } from '../train/run-summary.ts';
import { generatorRunSchema } from './run.ts';

/** Every run of a generator in the folder, the newest first. */
export function readGeneratorRuns(folder: string): Promise<GeneratorRunSummary[]> {
  return listRuns(folder, generatorRunSchema, async ({ name, source, recipe, minutes }, status) => ({
    ...status,
    kind: 'generate',
    id: name,
    source,
    recipe,
    ...(minutes !== undefined && { minutes }),
    published: hasModel(name),
  }));
}
