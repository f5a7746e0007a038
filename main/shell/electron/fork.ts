/** Starts the compute process under Electron. */
import { utilityProcess } from 'electron';
import { computeEnvironment } from '../../compute/environment.ts';
import type { ComputeProcess, Fork } from '../../compute/host.ts';

/** @param entry absolute path of the built entry */
export function forkElectron(entry: string): Fork {
  return (): ComputeProcess => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Relume compute',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: computeEnvironment(),
    });
    child.stdout?.pipe(process.stderr, { end: false });
    child.stderr?.pipe(process.stderr, { end: false });
    return {
      send: (call) => child.postMessage(call),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', (code) => listener(`it ended with status ${code}`)),
      kill: () => child.kill(),
    };
  };
}
