import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ListedModel, ModelCard } from '../../preload/contract.ts';
import { importModel } from '../compute/import-model.ts';
import { RelumeError } from '../library/failure.ts';
import { findModel, readModels } from '../library/models.ts';
import { removeModel } from '../library/own-models.ts';
import { bundledModels, resultsFolder } from '../library/paths.ts';
import type { Answers, ApiContext } from './context.ts';

type ModelRequest = 'models.list' | 'models.shelf' | 'models.import' | 'models.export' | 'models.remove';

export const modelAnswers = ({ compute, written }: ApiContext): Answers<ModelRequest> => ({
  'models.list': async () => {
    const { models, refused } = await readModels();
    for (const { path, reason } of refused) process.stderr.write(`Set aside ${path}: ${reason}\n`);
    return models.map(({ card }) => card);
  },
  'models.shelf': async () => {
    const { models, refused } = await readModels();
    return { models: await Promise.all(models.map(listed)), refused: [...refused] };
  },
  'models.import': ({ path, ...options }) => importModel(compute, path, options),
  'models.export': async ({ model }) => {
    const { card, path } = await findModel(model);
    if (!card) throw new RelumeError({ code: 'no-card', message: `${model} is a bare file already.` });
    await mkdir(resultsFolder(), { recursive: true });
    const output = await freeName(card.id);
    await compute.call('exportModel', { path, card, output });
    written.add(output);
    return { path: output };
  },
  'models.remove': async ({ model }) => {
    await removeModel(model);
    return {};
  },
});

async function listed({ card, path }: { card: ModelCard; path: string }): Promise<ListedModel> {
  const bytes = await stat(path).then(
    ({ size }) => size,
    // A model without its file is told when it is used.
    () => 0,
  );
  return { ...card, origin: originOf(card, path), bytes };
}

/** Only an imported model was asked where it comes from. */
function originOf({ source }: ModelCard, path: string): ListedModel['origin'] {
  if (dirname(dirname(path)) === bundledModels) return 'bundled';
  return source === undefined ? 'trained' : 'imported';
}

/** "denoise-fast.onnx" among the results, or with a number. */
async function freeName(id: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(resultsFolder(), `${id}${number === 1 ? '' : `-${number}`}.onnx`);
    const taken = await access(path).then(
      () => true,
      () => false,
    );
    if (!taken) return path;
  }
}
