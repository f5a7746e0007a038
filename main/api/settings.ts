/** The settings, and who wants to know when they change. */
import type { Settings } from '../../preload/contract.ts';
import { changeSettings, readSettings } from '../library/settings.ts';
import type { Answers, ApiContext } from './context.ts';

export class SettingsStore {
  readonly #listeners = new Set<(settings: Settings) => void>();

  onChange(listener: (settings: Settings) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  read(): Promise<Settings> {
    return readSettings();
  }

  async change(change: Parameters<typeof changeSettings>[0]): Promise<Settings> {
    const settings = await changeSettings(change);
    for (const listener of this.#listeners) listener(settings);
    return settings;
  }
}

export const settingsAnswers = ({ settings }: ApiContext): Answers<'settings.get' | 'settings.set'> => ({
  'settings.get': () => settings.read(),
  'settings.set': (change) => settings.change(change),
});
