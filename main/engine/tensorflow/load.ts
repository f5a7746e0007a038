/** TensorFlow in this process, once it has proved itself in another. */
import { fork } from 'node:child_process';
import { z } from 'zod';
import { appRoot, tensorFlowCheck, tensorFlowFolder } from '../../library/paths.ts';
import { type CheckOutcome, nameFrom, notInstalled } from './availability.ts';
import type { TensorFlow } from './operations.ts';
import { findPackage, requirePackage, type TensorFlowPackage } from './package.ts';

export interface LoadedTensorFlow {
  readonly tf: TensorFlow;
  /** Name of the device. */
  readonly name: string;
}

/** A card newer than the library compiles its kernels first. */
const checkMinutes = 3;

let loaded: LoadedTensorFlow | undefined;

/**
 * TensorFlow from the project's packages or from the person's folder; loaded once for each process.
 *
 * @throws {TensorFlowUnavailable}
 */
export async function loadTensorFlow(): Promise<LoadedTensorFlow> {
  loaded ??= await openTensorFlow([appRoot, tensorFlowFolder()], tensorFlowCheck);
  return loaded;
}

/**
 * @param folders where a package may be installed, the preferred one first
 * @param entry check.ts as a JavaScript file
 */
export async function openTensorFlow(folders: readonly string[], entry: string): Promise<LoadedTensorFlow> {
  const found = findPackage(folders);
  if (!found) throw notInstalled();
  const name = nameFrom(found, await check(found, entry));
  // Its log was read in the other process; here errors are enough.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const tf = requirePackage(found);
  await tf.ready();
  return { tf, name };
}

const reportSchema = z.object({
  gpu: z.boolean(),
  cuda: z.string().optional(),
  error: z.string().optional(),
});

function check({ name, folder }: TensorFlowPackage, entry: string): Promise<CheckOutcome> {
  const child = fork(entry, [name, folder], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    timeout: checkMinutes * 60_000,
    // Under Electron, this process's own executable is Node only when told so.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '0' },
  });
  let log = '';
  let report: CheckOutcome['report'];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  child.on('message', (message) => {
    report = reportSchema.parse(message);
  });
  return new Promise((resolve) => {
    const end = (ending: string) => resolve({ ...(report && { report }), log, ending });
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => {
      if (signal === 'SIGTERM') end(`it took longer than ${checkMinutes} minutes`);
      else end(`the process that tried ended with ${signal ?? `status ${code}`}`);
    });
  });
}
