/** Main's side of the compute process: starts it when needed, calls it, and survives its crashes. */
import { RelumeError } from '../library/failure.ts';
import type { Call, ComputeMethods, MethodCall, MethodName, Reply } from './protocol.ts';

/** A forked process as the host sees it. */
export interface ComputeProcess {
  send(call: Call): void;
  onMessage(listener: (reply: Reply) => void): void;
  /** Called once, with a phrase such as "it was ended by SIGSEGV". */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

export type Fork = () => ComputeProcess;

/** The compute process ended in the middle of a call: a driver, or memory. */
class ComputeCrashed extends RelumeError {
  override readonly name = 'ComputeCrashed';
  readonly reason: string;

  constructor(reason: string) {
    super({ code: 'compute-crashed', message: `The compute process stopped: ${reason}.` });
    this.reason = reason;
  }
}

export interface CallOptions<K extends MethodName> {
  /** Asks the handler to stop; the call then fails with code 'cancelled', or succeeds if it was done. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ComputeMethods[K]['progress']) => void;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  progress(value: unknown): void;
}

const cancelled = () => new RelumeError({ code: 'cancelled', message: 'Cancelled.' });

export class ComputeHost {
  readonly #fork: Fork;
  readonly #pending = new Map<number, Pending>();
  #process: ComputeProcess | undefined;
  #lastId = 0;
  #stopped = false;

  constructor(fork: Fork) {
    this.#fork = fork;
  }

  /**
   * Calls a method of the compute process, starting the process when there is none.
   *
   * @throws {ComputeCrashed} the process ended before it answered; the next call starts a new one
   * @throws {RelumeError} with the code and message of the handler's own error
   */
  async call<K extends MethodName>(
    method: K,
    params: ComputeMethods[K]['params'],
    { signal, onProgress }: CallOptions<K> = {},
  ): Promise<ComputeMethods[K]['result']> {
    if (signal?.aborted || this.#stopped) throw cancelled();
    const id = ++this.#lastId;
    const child = this.#start();
    const cancel = () => child.send({ kind: 'cancel', id });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<ComputeMethods[K]['result']>((resolve, reject) => {
        // The one place where replies get their types back: the process is ours and its handlers are checked
        // against the same map.
        this.#pending.set(id, {
          resolve: (result) => resolve(result as ComputeMethods[K]['result']),
          reject,
          progress: (value) => onProgress?.(value as ComputeMethods[K]['progress']),
        });
        const call: MethodCall<K> = { kind: 'call', id, method, params };
        child.send(call as Call);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#pending.delete(id);
    }
  }

  /** Ends the process for good; calls that are under way, and those that come later, fail as cancelled. */
  stop(): void {
    this.#stopped = true;
    const child = this.#process;
    this.#process = undefined;
    for (const pending of this.#pending.values()) pending.reject(cancelled());
    child?.kill();
  }

  #start(): ComputeProcess {
    if (this.#process) return this.#process;
    const child = this.#fork();
    this.#process = child;
    child.onMessage((reply) => this.#receive(reply));
    child.onExit((reason) => {
      if (this.#process !== child) return;
      this.#process = undefined;
      for (const pending of this.#pending.values()) pending.reject(new ComputeCrashed(reason));
    });
    return child;
  }

  #receive(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    if (reply.kind === 'result') pending.resolve(reply.result);
    else if (reply.kind === 'progress') pending.progress(reply.progress);
    else pending.reject(new RelumeError(reply.failure));
  }
}
