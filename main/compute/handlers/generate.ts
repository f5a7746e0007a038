import { answer } from '../../generate/answers.ts';
import { trainGenerator } from '../../generate/train.ts';
import { Generators } from '../generators.ts';
import type { Handlers } from '../protocol.ts';

export function generateHandlers(): Pick<Handlers, 'trainGenerator' | 'generate'> {
  const generators = new Generators();
  return {
    trainGenerator: async (request, { signal, progress }) => {
      const result = await trainGenerator(request, signal, progress);
      await generators.drop();
      return result;
    },
    generate: async (request, { signal }) => answer(await generators.load(request.model), request, signal),
  };
}
