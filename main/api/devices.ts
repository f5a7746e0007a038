import type { Answers, ApiContext } from './context.ts';

export const deviceAnswers = ({ compute }: ApiContext): Answers<'devices.list'> => ({
  'devices.list': () => compute.call('devices', {}),
});
