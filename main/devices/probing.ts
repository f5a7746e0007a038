/** Tries devices in processes of their own. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Device, DeviceSpeed } from '../../preload/contract.ts';
import { computeEnvironment } from '../compute/environment.ts';
import { precisionOf, providerName, type StartedDevice } from '../engine/devices.ts';
import { adapterNameIn, tellingEnvironment } from './adapter-name.ts';
import { type ProbeMessage, probeMessageSchema } from './probe-message.ts';

/**
 * Seconds. A device is measured in about five on a machine that has nothing else to do; what takes longer by so
 * much is of no use, but for the CPU, which everything is compared with. A driver may compile its shaders at first.
 */
const limits = { start: 60, measure: 20, measureCpu: 120 } as const;

export interface ProbedModel {
  readonly id: string;
  /** The ONNX file. */
  readonly path: string;
}

/** A device that took its process with it, or never came to an end. */
class ProbeFailed extends Error {
  override readonly name = 'ProbeFailed';
  readonly code = 'probe-failed';
}

/** Starts a device and says whether it works, under the name of the GPU where one is told. */
export async function startInProcess(id: Device['id'], entry: string): Promise<StartedDevice> {
  const { messages, log, ending } = await run(entry, id, [], limits.start);
  const started = messages.find((message) => message.kind === 'started')?.device;
  if (started) return named(started, log);
  const name = id === 'tensorflow' ? 'TensorFlow' : providerName(id);
  const reason = `Its driver failed at a first try: ${ending}.`;
  return { id, name, precision: precisionOf[id], available: false, reason };
}

function named(started: StartedDevice, log: string): StartedDevice {
  const { id, available } = started;
  if (id === 'tensorflow' || id === 'cpu' || !available) return started;
  return { ...started, name: providerName(id, adapterNameIn(log)) };
}

/**
 * What a device did not get done in time counts as infinitely slow.
 *
 * @throws ProbeFailed when its process ends too soon
 */
export async function measureInProcess(
  id: Device['id'],
  models: readonly ProbedModel[],
  entry: string,
  seconds: number = id === 'cpu' ? limits.measureCpu : limits.measure,
): Promise<DeviceSpeed> {
  const { messages, ending, late } = await run(entry, id, models, seconds);
  const found = messages.flatMap((message) => (message.kind === 'inference' ? [message.speed] : []));
  const training = messages.find((message) => message.kind === 'training')?.speed;
  const missing = models.filter((model) => !found.some((each) => each.model === model.id));
  if ((missing.length > 0 || !training) && (!late || id === 'cpu')) {
    throw new ProbeFailed(`While it was measured, ${ending}.`);
  }
  const slow = { difference: 0, correct: true };
  const unfinished = missing.map((model) => ({ model: model.id, megapixelsPerSecond: 0, ...slow }));
  return { inference: [...found, ...unfinished], training: training ?? { stepsPerSecond: 0, ...slow } };
}

interface Ended {
  readonly messages: readonly ProbeMessage[];
  /** Standard error. */
  readonly log: string;
  /** How the process ended, as the end of a sentence. */
  readonly ending: string;
  /** Whether it was ended because it took too long. */
  readonly late: boolean;
}

function run(entry: string, id: string, models: readonly ProbedModel[], seconds: number): Promise<Ended> {
  const child = fork(entry, [id, JSON.stringify(models)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    // Under Electron, this process's own executable is Node only when told so.
    env: { ...computeEnvironment(), ...tellingEnvironment, ELECTRON_RUN_AS_NODE: '1' },
  });
  let log = '';
  const messages: ProbeMessage[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  child.on('message', (message) => messages.push(probeMessageSchema.parse(message)));
  return ended(child, seconds).then((end) => ({ messages, log, ...end }));
}

function ended(child: ChildProcess, seconds: number): Promise<Pick<Ended, 'ending' | 'late'>> {
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    const end = (ending: string) => {
      clearTimeout(timer);
      resolve({ ending: late ? `it took longer than ${seconds} seconds` : ending, late });
    };
    child.once('error', (error) => end(`the process could not be started (${error.message})`));
    child.once('close', (code, signal) =>
      end(`the process that tried ended with ${signal ?? `status ${code}`}`),
    );
  });
}
