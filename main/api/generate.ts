/** Generators in the window: which there are, and what they draw. */
import type { Generator } from '../../preload/contract.ts';
import type { GeneratorCard } from '../generate/card.ts';
import { listGenerators, versionOf } from '../generate/generator-shelf.ts';
import { RelumeError } from '../library/failure.ts';
import type { Answers, ApiContext } from './context.ts';

type GenerateRequestName = 'generators.list' | 'generate.sample' | 'generate.novelty';

export const generateAnswers = ({ compute }: ApiContext): Answers<GenerateRequestName> => ({
  'generators.list': async () => {
    const { cards, refused } = await listGenerators();
    for (const { path, reason } of refused) process.stderr.write(`Set aside ${path}: ${reason}\n`);
    return cards.map(told);
  },
  'generate.sample': (input) => compute.call('sample', input),
  'generate.novelty': (input) => compute.call('drawnNovelty', input),
});

function told(card: GeneratorCard): Generator {
  const { id, name, summary, licence, data, pictures, parameters } = card;
  const { kind, size, channels, latent, classes, loss } = card.recipe;
  const { mse, pcaMse } = card.scores;
  return {
    ...{ id, name, summary, licence, data, pictures, parameters },
    ...{ kind, size, channels, latent, classes, loss, mse, pcaMse },
    version: versionOf(card),
  };
}

/** What a model draws, by the parts of the address that the contract makes. */
export function readDrawn(
  { compute }: ApiContext,
  { model, label, columns, codes }: Readonly<Record<'model' | 'label' | 'columns' | 'codes', string>>,
): Promise<Uint8Array> {
  const bytes = Buffer.from(codes, 'base64url');
  if (bytes.length % Float32Array.BYTES_PER_ELEMENT !== 0) {
    throw new RelumeError({ code: 'bad-request', message: 'The address of this picture is not whole.' });
  }
  // A copy: in Node's own memory the bytes may begin anywhere.
  const values = new Float32Array(Uint8Array.from(bytes).buffer);
  return compute.call('draw', {
    model,
    codes: values,
    columns: Number(columns),
    ...(label !== 'any' && { label: Number(label) }),
  });
}
