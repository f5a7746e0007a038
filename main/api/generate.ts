/** Generators in the window: which there are, and what they draw. */
import type { Generator, RequestName } from '../../preload/contract.ts';
import type { GeneratorCard } from '../generate/card.ts';
import { listGenerators, versionOf } from '../generate/generator-shelf.ts';
import { readKept, writeKept } from '../generate/kept.ts';
import { RelumeError } from '../library/failure.ts';
import { resultsFolder, samplePath } from '../library/paths.ts';
import type { Answers, ApiContext } from './context.ts';

type GenerateRequestName = 'generators.list' | Extract<RequestName, `generate.${string}`>;

export const generateAnswers = ({ compute, written, seen }: ApiContext): Answers<GenerateRequestName> => ({
  'generators.list': async () => {
    const { cards, refused } = await listGenerators();
    for (const { path, reason } of refused) process.stderr.write(`Set aside ${path}: ${reason}\n`);
    return cards.map(told);
  },
  'generate.sample': (input) => compute.call('sample', input),
  'generate.novelty': (input) => compute.call('drawnNovelty', input),
  'generate.reconstruct': async ({ picture, ...input }) => {
    const wanted = 'sample' in picture ? { path: samplePath } : picture;
    const look = await compute.call('lookAt', { ...input, picture: wanted });
    return { ...look, seen: seen.add(look.seen) };
  },
  'generate.kept': ({ model }) => readKept(model),
  'generate.keep': async ({ model, pictures }) => {
    await writeKept(model, pictures);
    return {};
  },
  'generate.save': async (input) => {
    const files = await compute.call('saveDrawn', { ...input, folder: resultsFolder() });
    for (const file of files) written.add(file);
    return { files };
  },
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

type Parts<K extends string> = Readonly<Record<K, string>>;

/** What a model draws, by the parts of the address that the contract makes. */
export function readDrawn(
  { compute }: ApiContext,
  { model, label, columns, codes }: Parts<'model' | 'label' | 'columns' | 'codes'>,
): Promise<Uint8Array> {
  const params = { model, codes: codesOf(codes), columns: Number(columns) };
  return compute.call('draw', { ...params, ...labelled(label) });
}

export function readEnlarged(
  { compute }: ApiContext,
  { model, label, upscaler, codes }: Parts<'model' | 'label' | 'upscaler' | 'codes'>,
): Promise<Uint8Array> {
  const params = { model, code: [...codesOf(codes)], enlarge: upscaler };
  return compute.call('drawEnlarged', { ...params, ...labelled(label) });
}

const labelled = (label: string) => (label === 'any' ? {} : { label: Number(label) });

function codesOf(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length % Float32Array.BYTES_PER_ELEMENT !== 0) {
    throw new RelumeError({ code: 'bad-request', message: 'The address of this picture is not whole.' });
  }
  // A copy: in Node's own memory the bytes may begin anywhere.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
