import type { Picture, Refused, RequestOutput } from '../../preload/contract.ts';
import { toFailure } from '../library/failure.ts';
import { samplePath } from '../library/paths.ts';
import { pictureFiles } from '../library/picture-files.ts';
import type { Answers, ApiContext } from './context.ts';

type PictureRequest =
  | 'pictures.open'
  | 'pictures.sample'
  | 'pictures.close'
  | 'pictures.pixel'
  | 'pictures.measure';

export const pictureAnswers = (context: ApiContext): Answers<PictureRequest> => ({
  'pictures.open': async ({ paths }) => {
    const { files, refused } = await pictureFiles(paths);
    const opened = await openFiles(context, files);
    return { pictures: opened.pictures, refused: [...refused, ...opened.refused] };
  },
  'pictures.sample': () => openFiles(context, [samplePath]),
  'pictures.close': async ({ picture: id }) => {
    context.jobs.cancelPreviews(id);
    const { picture, stillOpen } = context.pictures.remove(id);
    if (!stillOpen) await context.compute.call('close', { path: picture.path });
    return {};
  },
  'pictures.pixel': ({ picture, ...pixel }) =>
    context.compute.call('pixel', { ...pixel, path: context.pictures.get(picture).path }),
  'pictures.measure': ({ picture, ...measure }) =>
    context.compute.call('measure', { ...measure, path: context.pictures.get(picture).path }),
});

/** Opens files one after the other (each uses every core by itself); the order is kept. */
async function openFiles(
  { compute, pictures, recent }: ApiContext,
  files: readonly string[],
): Promise<RequestOutput<'pictures.open'>> {
  const opened: Picture[] = [];
  const refused: Refused[] = [];
  for (const path of files) {
    try {
      opened.push(pictures.add(path, await compute.call('open', { path })));
    } catch (error) {
      refused.push({ path, reason: toFailure(error).message });
    }
  }
  recent.add(opened.map(({ path }) => path));
  return { pictures: opened, refused };
}
