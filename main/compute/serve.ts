/** The dispatcher inside the compute process: calls in, results, progress and failures out. */
import { RelumeError, toFailure } from '../library/failure.ts';
import type { Channel, Handlers, MethodCall, MethodName, Reply } from './protocol.ts';

/**
 * Answers every call that comes through the channel. Calls run side by side; a cancel aborts the signal
 * that the call's handler was given, and an error becomes a `failure` reply, never the end of the process.
 */
export function serve(handlers: Partial<Handlers>, channel: Channel): void {
  const running = new Map<number, AbortController>();

  const answer = async <K extends MethodName>(call: MethodCall<K>, signal: AbortSignal): Promise<Reply> => {
    try {
      const handler = handlers[call.method];
      if (!handler) throw new RelumeError(noMethod(call.method));
      const result = await handler(call.params, {
        signal,
        progress: (progress) => channel.send({ kind: 'progress', id: call.id, progress }),
      });
      return { kind: 'result', id: call.id, result };
    } catch (error) {
      return { kind: 'failure', id: call.id, failure: toFailure(error) };
    }
  };

  channel.onMessage((call) => {
    if (call.kind === 'cancel') {
      running.get(call.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(call.id, controller);
    void answer(call, controller.signal).then((reply) => {
      running.delete(call.id);
      channel.send(reply);
    });
  });
}

const noMethod = (name: string) => ({
  code: 'no-such-method',
  message: `This compute process does not offer "${name}".`,
});
