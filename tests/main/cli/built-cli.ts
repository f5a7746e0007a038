/** The built command line, run as a person runs it, with an application folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as g from '../../../main/engine/graph/graph.ts';
import { multipleKey } from '../../../main/engine/load-network.ts';
import { toOnnx } from '../../../main/engine/onnx.ts';
import { appRoot } from '../../../main/library/paths.ts';
import type { ModelCard } from '../../../preload/contract.ts';

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
  // As the command line itself sees it: temporary folders may lie behind a link.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'relume-cli-')));
  const home = await mkdtemp(join(tmpdir(), 'relume-home-'));
  await addTiny(join(home, 'models'));
  // What a machine's devices are is found out once; here that would be once for every test.
  await writeFile(join(home, 'settings.json'), JSON.stringify({ device: 'cpu' }));
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

async function addTiny(models: string): Promise<void> {
  const picture = g.slice(g.input('input', [1, 4, 16, 16]), [0, 0, 0, 0], [1, 3, 16, 16]);
  const onnx = toOnnx({ output: picture }, { freeSize: true, metadata: { [multipleKey]: '16' } });
  const card: ModelCard = {
    id: 'tiny',
    name: 'Tiny',
    task: 'denoise',
    scale: 1,
    summary: 'Changes nothing.',
    licence: 'MIT',
    data: 'None.',
    sigmaMax: 75,
    steps: 0,
    pixels: 0,
    parameters: 0,
    kMacPerPixel: 0,
    scores: [],
    sha256: createHash('sha256').update(onnx).digest('hex'),
  };
  await mkdir(join(models, 'tiny'), { recursive: true });
  await writeFile(join(models, 'tiny/model.onnx'), onnx);
  await writeFile(join(models, 'tiny/card.json'), JSON.stringify(card));
}
