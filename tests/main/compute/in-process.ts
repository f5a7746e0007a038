/** A compute process that is none: handlers of a test, behind the real dispatcher and the real host. */
import { ComputeHost } from '../../../main/compute/host.ts';
import type { Call, Handlers, Reply } from '../../../main/compute/protocol.ts';
import { serve } from '../../../main/compute/serve.ts';

/** A host whose process lives in this one and offers these methods. */
export function hostOf(handlers: Partial<Handlers>): ComputeHost {
  return new ComputeHost(() => {
    let answer = (_: Reply): void => undefined;
    let receive = (_: Call): void => undefined;
    serve(handlers, {
      send: (reply) => answer(structuredClone(reply)),
      onMessage: (listener) => {
        receive = listener;
      },
    });
    return {
      send: (call) => receive(structuredClone(call)),
      onMessage: (listener) => {
        answer = listener;
      },
      onExit: () => undefined,
      kill: () => undefined,
    };
  });
}
