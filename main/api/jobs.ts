import type { Answers, ApiContext } from './context.ts';

export const jobAnswers = ({ jobs }: ApiContext): Answers<'jobs.list' | 'jobs.cancel'> => ({
  'jobs.list': async () => jobs.jobs,
  'jobs.cancel': async ({ job }) => {
    jobs.cancel(job);
    return {};
  },
});
