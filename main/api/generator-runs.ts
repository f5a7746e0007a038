/** Runs of generators in the window. */
import { basename } from 'node:path';
import type { DeviceId, GeneratorRunSummary, RequestInput, RequestName } from '../../preload/contract.ts';
import { goingOn } from '../devices/after-crash.ts';
import { commonFolder } from '../generate/common-folder.ts';
import { digitClasses, digitCount } from '../generate/digits.ts';
import { digitsSuggestion, suggest } from '../generate/suggest.ts';
import type { GeneratorRequest } from '../generate/train.ts';
import { type Grouped, type Split, split } from '../train/dataset/split.ts';
import { ask } from '../train/run-status.ts';
import type { Answers, ApiContext } from './context.ts';
import { folderOf, freeName, refuseTakenName } from './runs.ts';
import type { Collections } from './train-collections.ts';

type GeneratorRunRequestName = Extract<RequestName, `generatorRuns.${string}`>;

export const generatorRunAnswers = ({
  generatorRuns: runs,
  collections,
  training,
}: ApiContext): Answers<GeneratorRunRequestName> => {
  const train = (request: GeneratorRequest) =>
    runs.train(request.name, () => goingOn(request, (each) => training.call('trainGenerator', each)));
  return {
    'generatorRuns.suggest': async (pictures) =>
      'digits' in pictures
        ? digitsSuggestion(digitCount, digitClasses)
        : suggest(knownPictures(collections, pictures.collection)),
    'generatorRuns.list': () => runs.list(),
    'generatorRuns.start': async (input) => {
      const request = await requestOf(input, collections);
      train(request);
      return { run: request.name };
    },
    'generatorRuns.resume': async ({ run, device }) => {
      train(resumed(await runs.get(run), device));
      return {};
    },
    'generatorRuns.pause': async ({ run }) => {
      await ask(folderOf(run), 'pause');
      return {};
    },
    'generatorRuns.stop': async ({ run: name }) => {
      const run = await runs.get(name);
      if (run.state === 'running') await ask(folderOf(name), 'stop');
      else train({ ...resumed(run, 'auto'), finish: true });
      return {};
    },
    'generatorRuns.delete': async ({ run }) => {
      await runs.delete(run);
      return {};
    },
    'generatorRuns.log': async ({ run, points }) => runs.log(run).parts(points),
  };
};

function knownPictures(collections: Collections, id: string) {
  const paths = collections.usable(id).map(({ path }) => path);
  return collections.examined(id).map(({ width, height, findings }, index) => ({
    path: paths[index] ?? '',
    width,
    height,
    grey: findings.some(({ kind }) => kind === 'grey'),
  }));
}

async function requestOf(
  { pictures, fit, name, recipe, length, device }: RequestInput<'generatorRuns.start'>,
  collections: Collections,
): Promise<GeneratorRequest> {
  const digits = 'digits' in pictures;
  const usable = digits ? [] : collections.usable(pictures.collection);
  const folder = commonFolder(usable.map(({ path }) => path));
  if (name !== undefined) await refuseTakenName(name);
  const id = name ?? (await freeName([recipe.kind, digits ? 'digits' : basename(folder)]));
  return {
    name: id,
    run: folderOf(id),
    source: digits ? { kind: 'digits' } : { kind: 'folder', folder, fit },
    ...(!digits && { pictures: sides(usable) }),
    recipe,
    ...length,
    resume: false,
    device,
  };
}

/** Small pictures of one kind all look nearly the same: then each stands for itself. */
function sides(usable: readonly Grouped[]): Split {
  const grouped = split(usable);
  if (grouped.heldOut.length > 0) return grouped;
  return split(usable.map(({ path }, group) => ({ path, group })));
}

/** A run remembers what it is: only where it runs is chosen anew. */
function resumed({ id, source, recipe }: GeneratorRunSummary, device: DeviceId): GeneratorRequest {
  return { name: id, run: folderOf(id), source, recipe, resume: true, device };
}
