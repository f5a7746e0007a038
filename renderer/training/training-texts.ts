/** The words of everything that trains models from collections. */
import type { FindingKind, RunStatus } from '../../preload/contract.ts';

export const trainingTexts = {
  runs: 'Runs',
  newRun: 'New training',
  states: { running: 'Training', paused: 'Paused', done: 'Done' },
  folder: 'Folder on this computer',
  look: 'Look through',
  choose: 'Choose a folder',
  or: 'or drop pictures here',
  looking: 'Looking at every picture: the advice comes when all have been seen.',
  stopLooking: 'Stop',
  scanStopped: 'Stopped before every picture was looked at.',
  lookAgain: 'Look again',
  all: 'All',
  grid: 'Pictures of the collection',
  isLeftOut: (name: string) => `Left out: ${name}`,
  leftOut: 'Left out',
  leaveOutThese: 'leave out',
  leaveOutKind: (words: string) => `Leave out: ${words}`,
  scanned: (done: number, all: number) => `${count(done)} of ${count(all)} looked at`,
  kinds: {
    unreadable: 'unreadable',
    'too-small': 'too small',
    duplicate: 'copies',
    'near-duplicate': 'near copies',
    blurred: 'blurred',
    noisy: 'noisy',
    jpeg: 'JPEG damage',
    grey: 'grey',
    profile: 'other colour space',
  } satisfies Record<FindingKind, string>,
  minutes: 'Time',
  minutesUnit: 'min',
  train: 'Train',
  needsScan: 'Ready as soon as all pictures have been looked at.',
  advanced: 'Advanced',
  length: 'Steps instead of time',
  lengthAbout: 'Exactly so many; 0 uses the time above.',
  device: 'Device',
  deviceAbout: 'What it trains on.',
  runName: 'Name',
  nameAbout: 'Small letters, digits and hyphens; made from the folder when empty.',
  waiting: 'Starting: pictures are read, and the first crops restored…',
  loss: 'Loss: lower is better',
  noPoints: 'No points yet.',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop and keep the best',
  again: 'Train again with changes',
  delete: 'Delete run',
  deleteAsk: (run: string, published: boolean) =>
    published
      ? `Delete ${run}? Its curves and checkpoints go, so it cannot be gone on with. The model stays.`
      : `Delete ${run}? All that it has learnt goes with it: it has not become a model.`,
  keepRun: 'Keep it',
  pausing: 'Pausing…',
  resuming: 'Resuming…',
  stopping: 'Stopping after this step…',
  stepsDone: (steps: number) => `${count(steps)} ${steps === 1 ? 'step' : 'steps'}`,
  step: (step: number, steps: number) =>
    steps > 0 ? `Step ${count(step)} of ${count(steps)}` : `Step ${count(step)}`,
  speed: (seconds: number) =>
    seconds < 1 ? `${(1 / seconds).toFixed(1)} steps a second` : `${seconds.toFixed(1)} s a step`,
  phase: ({ name, share }: NonNullable<RunStatus['phase']>) =>
    name === 'reading' ? `Reading pictures: ${Math.round(100 * share)} %` : 'Measuring what it has learnt…',
  waits: (share: number) => `waits ${Math.round(share * 100)} % for pictures`,
  memory: (megabytes: number) => `${(megabytes / 1024).toFixed(1)} GB`,
  count,
} as const;

export function count(value: number): string {
  return value.toLocaleString('en');
}
