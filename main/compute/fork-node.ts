/** Starts the compute process under plain Node. */
import { fork } from 'node:child_process';
import { computeEnvironment } from './environment.ts';
import type { ComputeProcess, Fork } from './host.ts';

/**
 * A fork through `child_process`. What the process prints goes to standard error: standard output belongs
 * to the command line's results.
 *
 * @param entry absolute path of the built entry, a JavaScript file
 */
export function forkNode(entry: string): Fork {
  return (): ComputeProcess => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
      execArgv: [],
      env: computeEnvironment(),
    });
    return {
      send: (call) => {
        // A process that is on its way out answers through `onExit`, not here.
        if (child.connected) child.send(call, () => undefined);
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => {
        child.once('error', (error) => listener(`it could not be started (${error.message})`));
        child.once('exit', (code, signal) => listener(exitReason(code, signal)));
      },
      kill: () => child.kill(),
    };
  };
}

/** Why a process ended, as the end of a sentence. */
function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'it was ended by the system (SIGKILL), most likely for want of memory';
  if (signal) return `it was ended by ${signal}`;
  return `it ended with status ${code ?? 'unknown'}`;
}
