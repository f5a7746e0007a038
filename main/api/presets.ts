import { readPresets, writePresets } from '../library/presets.ts';
import type { Answers } from './context.ts';

export const presetAnswers: Answers<'presets.list' | 'presets.set'> = {
  'presets.list': () => readPresets(),
  'presets.set': async ({ presets }) => {
    await writePresets(presets);
    return presets;
  },
};
