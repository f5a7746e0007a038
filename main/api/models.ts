import { readModels } from '../library/models.ts';
import type { Answers } from './context.ts';

export const modelAnswers = (): Answers<'models.list'> => ({
  'models.list': async () => {
    const { models, refused } = await readModels();
    for (const { path, reason } of refused) process.stderr.write(`Set aside ${path}: ${reason}\n`);
    return models.map(({ card }) => card);
  },
});
