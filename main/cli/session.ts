/** The compute process of one command, and Ctrl-C. */
import { forkNode } from '../compute/fork-node.ts';
import { ComputeHost } from '../compute/host.ts';
import { computeEntry } from '../library/paths.ts';
import { exitStatus } from './exit-status.ts';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on the Ctrl-C that a terminal has already sent: an echo is not a second request. */
const echoMs = 1000;

/**
 * Runs work with a compute process that ends with it. Ctrl-C aborts the signal, so that the work ends
 * within a tile or a training step; a second one ends everything at once.
 */
export async function withCompute<T>(
  work: (compute: ComputeHost, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const compute = new ComputeHost(forkNode(computeEntry));
  const controller = new AbortController();
  let stoppedAt: number | undefined;
  const stop = () => {
    if (stoppedAt !== undefined && Date.now() - stoppedAt > echoMs) process.exit(exitStatus.interrupted);
    stoppedAt ??= Date.now();
    controller.abort();
  };
  for (const signal of stopSignals) process.on(signal, stop);
  try {
    return await work(compute, controller.signal);
  } finally {
    for (const signal of stopSignals) process.off(signal, stop);
    compute.stop();
  }
}
