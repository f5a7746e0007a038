import { mkdir } from 'node:fs/promises';
import { sep } from 'node:path';
import { blaming, tasksOf } from '../devices/blame.ts';
import { resultsFolder, samplePath, uploadsFolder } from '../library/paths.ts';
import type { Answers, ApiContext } from './context.ts';

export const restoreAnswers = ({
  compute,
  jobs,
  pictures,
}: ApiContext): Answers<'restore.preview' | 'restore.look' | 'restore.save'> => ({
  'restore.preview': async ({ picture, device, chain }) => {
    const { path } = pictures.get(picture);
    const { id } = jobs.add({
      kind: 'preview',
      picture,
      run: ({ job, signal, onCpu, onProgress }) => {
        const params = { path, chain, device: onCpu ? 'cpu' : device, layer: job };
        return blaming(
          params.device,
          tasksOf(chain),
          compute.call('preview', params, { signal, onProgress }),
        );
      },
    });
    return { job: id };
  },
  'restore.look': async ({ job, part }) => {
    if (jobs.isActive(job)) await compute.call('look', { layer: job, part });
    return {};
  },
  'restore.save': async ({ picture, device, ...options }) => {
    const { path } = pictures.get(picture);
    const folder = await saveFolder(path);
    const { id } = jobs.add({
      kind: 'save',
      picture,
      run: ({ signal, onCpu, onProgress }) => {
        const place = { device: onCpu ? 'cpu' : device, ...(folder !== undefined && { folder }) };
        return blaming(
          place.device,
          tasksOf(options.chain),
          compute.call('save', { ...options, path, ...place }, { signal, onProgress }),
        );
      },
    });
    return { job: id };
  },
});

/** Where the result goes when it does not belong beside its source: an upload or the sample. */
async function saveFolder(path: string): Promise<string | undefined> {
  if (path !== samplePath && !path.startsWith(uploadsFolder() + sep)) return undefined;
  await mkdir(resultsFolder(), { recursive: true });
  return resultsFolder();
}
