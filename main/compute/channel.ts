/** The compute process's way to main: Electron's parent port where there is one, else Node's IPC. */
import type { Call, Channel } from './protocol.ts';

/** Electron's `process.parentPort`, as far as it is used; electron itself is not imported here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: Call }) => void): void;
}

const isParentPort = (value: unknown): value is ParentPort =>
  typeof value === 'object' && value !== null && 'postMessage' in value;

/**
 * The channel to the process that forked this one; this process ends when the other does.
 *
 * @throws {Error} when this process was not forked
 */
export function openChannel(): Channel {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(port)) {
    return {
      send: (reply) => port.postMessage(reply),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    };
  }
  if (!process.send) throw new Error('The compute process is started by Relume, not by hand.');
  // A terminal sends these to every process of a command; what they mean is main's to decide.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.once('disconnect', () => process.exit());
  return {
    send: (reply) => {
      // A main process that was killed hears nothing more; 'disconnect' is about to end this one.
      if (process.connected) process.send?.(reply, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => process.on('message', listener),
  };
}
