import { blaming, tasksOf } from '../devices/blame.ts';
import type { Answers, ApiContext } from './context.ts';

export const restoreAnswers = ({
  compute,
  jobs,
  pictures,
  saves,
}: ApiContext): Answers<'restore.preview' | 'restore.look' | 'restore.save'> => ({
  'restore.preview': async ({ picture, device, chain }) => {
    const { path } = pictures.get(picture);
    const { id } = jobs.add({
      kind: 'preview',
      picture,
      file: path,
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
  'restore.save': async ({ picture, ...wish }) => {
    const { path } = pictures.get(picture);
    return { job: await saves.add(picture, { ...wish, path }) };
  },
});
