/** Whether TensorFlow can be used here, on what, or precisely why not. */
import type { TensorFlowPackage } from './package.ts';

/** What the process that loads it once reports; see check.ts. */
export interface CheckReport {
  /** Whether it found a card. */
  readonly gpu: boolean;
  /** Version of CUDA's runtime, such as "11.8", where it is known. */
  readonly cuda?: string | undefined;
  /** Why loading failed. */
  readonly error?: string | undefined;
}

/** A check as its parent saw it. */
export interface CheckOutcome {
  /** Absent when the process ended before it could report. */
  readonly report?: CheckReport;
  /** What TensorFlow printed on standard error. */
  readonly log: string;
  /** How the process ended, as the end of a sentence. */
  readonly ending: string;
}

const installForm = 'npm run engine:tensorflow';

export type Reason =
  | 'no-package'
  | 'no-library'
  | 'no-cuda'
  | 'no-gpu'
  | 'old-driver'
  | 'crashed'
  | 'not-started'
  | 'wrong-result';

/** TensorFlow was asked for and cannot be used; the message says why and what to do. */
export class TensorFlowUnavailable extends Error {
  override readonly name = 'TensorFlowUnavailable';
  readonly code = 'tensorflow-unavailable';
  readonly reason: Reason;

  constructor(reason: Reason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export const notInstalled = (): TensorFlowUnavailable =>
  new TensorFlowUnavailable('no-package', `TensorFlow is not installed: ${installForm} installs it.`);

/**
 * The device's name, "TensorFlow · NVIDIA GeForce RTX 3060 · CUDA 11.8".
 *
 * @throws {TensorFlowUnavailable}
 */
export function nameFrom(found: TensorFlowPackage, outcome: CheckOutcome): string {
  const { report, log } = outcome;
  if (!report || report.error !== undefined) throw whyNotLoaded(outcome);
  if (found.name === '@tensorflow/tfjs-node') return 'TensorFlow · CPU';
  if (!report.gpu) throw whyNoGpu(log);
  const card = /Created device .*? name: (.+?), pci bus id/.exec(log)?.[1] ?? 'NVIDIA GPU';
  return ['TensorFlow', card, ...(report.cuda === undefined ? [] : [`CUDA ${report.cuda}`])].join(' · ');
}

/** The addon did not load, or what it was linked with. */
function whyNotLoaded({ report, log, ending }: CheckOutcome): TensorFlowUnavailable {
  if (!report)
    return new TensorFlowUnavailable('crashed', `TensorFlow's library could not be loaded: ${ending}.`);
  const message = report.error ?? '';
  const missing = /(lib[\w+-]+(?:\.so[.\d]*|\.[\d.]*dylib)|\w+\.dll)\b/.exec(message)?.[1];
  if (
    /tfjs_binding\.node\) can not be found|libtensorflow|tensorflow\.dll/.test(message) ||
    onWindows(message)
  ) {
    const file = missing ?? 'its addon';
    return new TensorFlowUnavailable(
      'no-library',
      `TensorFlow's own library is missing (${file}), not downloaded whole: ${installForm} downloads it again.`,
    );
  }
  if (missing && /cannot open shared object|not loaded|not found/i.test(message)) return noCuda(missing);
  if (driverIsOld(`${message}\n${log}`)) return oldDriver();
  return new TensorFlowUnavailable('not-started', `TensorFlow could not be started: ${firstLine(message)}.`);
}

/** Windows names no file. */
const onWindows = (message: string) => /specified module could not be found.*tfjs_binding/s.test(message);

/** The library is there but found no card; CUDA's own libraries are opened only when they are first needed. */
function whyNoGpu(log: string): TensorFlowUnavailable {
  const missing = [...log.matchAll(/Could not load dynamic library '([^']+)'/g)].map(
    ([, file]) => file ?? '',
  );
  if (driverIsOld(log)) return oldDriver();
  const driver = missing.find((file) => /^(libcuda\.|nvcuda\.dll)/.test(file));
  if (driver) {
    return new TensorFlowUnavailable(
      'no-gpu',
      `No NVIDIA GPU was found: there is no driver for one (${driver}).`,
    );
  }
  if (/CUDA_ERROR_NO_DEVICE|no CUDA-capable device/.test(log)) {
    return new TensorFlowUnavailable('no-gpu', 'No NVIDIA GPU was found: the driver sees none.');
  }
  if (missing.length > 0) return noCuda(missing.join(', '));
  return new TensorFlowUnavailable('no-gpu', 'No NVIDIA GPU was found by TensorFlow, which gave no reason.');
}

const driverIsOld = (text: string) =>
  /driver version is insufficient|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH|does not match DSO version/.test(text);

/** Versions: https://docs.nvidia.com/deploy/cuda-compatibility (minor version compatibility of CUDA 11). */
const oldDriver = () =>
  new TensorFlowUnavailable(
    'old-driver',
    'The NVIDIA driver is too old for CUDA 11: it needs version 450.80 on Linux, 452.39 on Windows, or newer.',
  );

const noCuda = (files: string) =>
  new TensorFlowUnavailable(
    'no-cuda',
    `Not found: ${files}. TensorFlow needs CUDA 11 and cuDNN 8, in folders that LD_LIBRARY_PATH (PATH on Windows) names.`,
  );

const firstLine = (text: string) => (text.split('\n')[0] ?? '').replace(/\.$/, '');
