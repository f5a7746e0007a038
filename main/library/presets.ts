/** The person's presets, in `presets.json`. */
import { z } from 'zod';
import { type Preset, presetSchema } from '../../preload/contract.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { presetsFile } from './paths.ts';

export async function readPresets(): Promise<Preset[]> {
  return (await readJsonFile(presetsFile(), z.array(presetSchema))) ?? [];
}

export async function writePresets(presets: readonly Preset[]): Promise<void> {
  await writeJsonFile(presetsFile(), presets);
}
