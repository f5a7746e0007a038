/** What the person has set for good, in `settings.json`. */
import { type Settings, settingsSchema } from '../../preload/contract.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { settingsFile } from './paths.ts';

/** The defaults where nothing has been set. */
export async function readSettings(): Promise<Settings> {
  return (await readJsonFile(settingsFile(), settingsSchema)) ?? settingsSchema.parse({});
}

/** Changes some of them. @returns all of them */
export async function changeSettings(
  change: {
    readonly [K in keyof Settings]?: Settings[K] | undefined;
  },
): Promise<Settings> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const settings = settingsSchema.parse({ ...(await readSettings()), ...Object.fromEntries(given) });
  await writeJsonFile(settingsFile(), settings);
  return settings;
}
