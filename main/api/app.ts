import { appVersion } from '../library/version.ts';
import type { Answers, ApiContext } from './context.ts';

export const appAnswers = ({ shell }: ApiContext): Answers<'app.info'> => ({
  'app.info': async () => ({ version: await appVersion(), shell }),
});
