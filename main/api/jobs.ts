import { writeReport } from '../jobs/batch-report.ts';
import { reportsFolder } from '../library/paths.ts';
import type { Answers, ApiContext } from './context.ts';

type JobRequest =
  | 'jobs.list'
  | 'jobs.cancel'
  | 'jobs.retry'
  | 'jobs.move'
  | 'jobs.pause'
  | 'jobs.clear'
  | 'jobs.report';

export const jobAnswers = ({ jobs, written }: ApiContext): Answers<JobRequest> => ({
  'jobs.list': async () => ({ paused: jobs.paused, jobs: jobs.jobs }),
  'jobs.cancel': async ({ job }) => {
    jobs.cancel(job);
    return {};
  },
  'jobs.retry': async ({ job }) => {
    jobs.retry(job);
    return {};
  },
  'jobs.move': async ({ job, places }) => {
    jobs.move(job, places);
    return {};
  },
  'jobs.pause': async ({ paused }) => {
    jobs.paused = paused;
    return {};
  },
  'jobs.clear': async () => {
    jobs.clear();
    return {};
  },
  'jobs.report': async () => {
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const path = await writeReport(reportsFolder(), stamp, jobs.jobs);
    written.add(path);
    return { path };
  },
});
