import { importModel } from '../compute/import-model.ts';
import { readModels } from '../library/models.ts';
import { removeModel } from '../library/own-models.ts';
import type { Answers, ApiContext } from './context.ts';

type ModelRequest = 'models.list' | 'models.import' | 'models.remove';

export const modelAnswers = ({ compute }: ApiContext): Answers<ModelRequest> => ({
  'models.list': async () => {
    const { models, refused } = await readModels();
    for (const { path, reason } of refused) process.stderr.write(`Set aside ${path}: ${reason}\n`);
    return models.map(({ card }) => card);
  },
  'models.import': ({ path, ...options }) => importModel(compute, path, options),
  'models.remove': async ({ model }) => {
    await removeModel(model);
    return {};
  },
});
