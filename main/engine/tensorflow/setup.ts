/** Installs TensorFlow's package for Node into a folder of its own, and takes it away again. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { packageNames } from './package.ts';

type PackageName = (typeof packageNames)[number];

/** The version that the engine is written for; its library is TensorFlow 2.9.1, its addon speaks Node-API. */
const version = '4.22.0';

/** What went wrong, and what is left. */
class SetupError extends Error {
  override readonly name = 'SetupError';
  readonly code = 'setup-failed';
}

export interface SetupOptions {
  readonly folder: string;
  readonly name: PackageName;
  /** Runs npm in a folder. @returns its exit status */
  readonly npm: (args: readonly string[], folder: string) => Promise<number>;
}

/**
 * Leaves the folder as it was when it fails. The package's own install script fetches TensorFlow's library; it is the
 * only script that is allowed to run.
 *
 * @throws {SetupError}
 */
export async function installTensorFlow({ folder, name, npm }: SetupOptions): Promise<void> {
  refuseElsewhere(name, process.platform, process.arch);
  const before = `${folder}.before`;
  await rm(before, { recursive: true, force: true });
  if (existsSync(folder)) await rename(folder, before);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
    await step(npm, ['install', '--ignore-scripts', '--save-exact', ...quiet, `${name}@${version}`], folder);
    await step(npm, ['rebuild', '--ignore-scripts=false', '--foreground-scripts', ...quiet, name], folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (existsSync(before)) await rename(before, folder);
    throw error;
  }
  await rm(before, { recursive: true, force: true });
}

async function step(npm: SetupOptions['npm'], args: readonly string[], folder: string): Promise<void> {
  const status = await npm(args, folder);
  if (status === 0) return;
  const site = args[0] === 'install' ? 'registry.npmjs.org' : 'storage.googleapis.com';
  throw new SetupError(
    `TensorFlow was not installed: npm ${args[0]} ended with status ${status}; its own words stand above. ` +
      `It downloads from ${site}. Nothing was changed.`,
  );
}

/** @throws {SetupError} where the package for cards has no library */
export function refuseElsewhere(name: PackageName, platform: string, arch: string): void {
  const supported = arch === 'x64' && (platform === 'linux' || platform === 'win32');
  if (name === '@tensorflow/tfjs-node' || supported) return;
  throw new SetupError(
    `TensorFlow runs on NVIDIA GPUs under Linux and Windows on x64 only, not on ${platform} ${arch}. Nothing was changed.`,
  );
}

/** @returns whether there was anything to remove */
export async function removeTensorFlow(folder: string): Promise<boolean> {
  const found = existsSync(folder);
  await rm(folder, { recursive: true, force: true });
  await rm(`${folder}.before`, { recursive: true, force: true });
  return found;
}
