/** The built command line, run as a person runs it, with an application folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { input } from '../../../main/engine/graph/graph.ts';
import { parameterCount, parameterSpecs } from '../../../main/engine/parameters.ts';
import { appRoot } from '../../../main/library/paths.ts';
import { publishModel } from '../../../main/train/publish-model.ts';
import { type DenoiserOptions, denoiser, denoiserMultiple } from '../../../models/denoiser.ts';

const entry = join(appRoot, 'dist/main/cli.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Workplace {
  /** A folder for pictures. */
  readonly folder: string;
  /** Where the command line keeps runs and models. */
  readonly home: string;
  start(...args: string[]): ChildProcess;
  run(...args: string[]): Promise<Ended>;
  remove(): Promise<void>;
}

/** A temporary folder, and an application folder with the model 'tiny', which changes nothing. */
export async function openWorkplace(): Promise<Workplace> {
  if (!existsSync(entry)) throw new Error(`${entry} is missing: run "npm run build" first.`);
  const folder = await mkdtemp(join(tmpdir(), 'relume-cli-'));
  const home = await mkdtemp(join(tmpdir(), 'relume-home-'));
  await publishTiny(join(home, 'models/tiny'));
  const start = (...args: string[]) =>
    spawn(process.execPath, [entry, ...args], {
      cwd: folder,
      env: { ...process.env, RELUME_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group, so that a test can kill all of it.
      detached: process.platform !== 'win32',
    });
  const remove = async () => {
    for (const path of [folder, home]) await rm(path, { recursive: true, force: true });
  };
  return { folder, home, start, run: (...args) => ended(start(...args)), remove };
}

/** Everything that was printed, and the exit status. */
export function ended(child: ChildProcess): Promise<Ended> {
  const printed = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...printed }));
  });
}

async function publishTiny(into: string): Promise<void> {
  const options: DenoiserOptions = { channels: [8, 8], blocks: 1 };
  const side = denoiserMultiple(options);
  const count = parameterCount(parameterSpecs(denoiser(options), input('input', [1, 4, side, side])));
  await publishModel(into, options, new Float32Array(count), {
    name: 'tiny',
    folder: 'nowhere',
    photos: 0,
    steps: 0,
    pixels: 0,
    scores: { psnr: 0, ssim: 0, images: 0 },
  });
}
