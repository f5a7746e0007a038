/** Notices when the last window has gone. */

/** Milliseconds that a window may be away, so that a reload is not taken for closing. */
const grace = 5000;

export class WindowWatch {
  readonly #onGone: () => void;
  readonly #busy: () => boolean;
  #open = 0;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param busy while this is true (jobs are running), nobody is told
   * @param onGone called when no window has been open for a while
   */
  constructor(busy: () => boolean, onGone: () => void) {
    this.#busy = busy;
    this.#onGone = onGone;
  }

  opened(): void {
    this.#open += 1;
    clearTimeout(this.#timer);
  }

  closed(): void {
    this.#open -= 1;
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#open > 0) return;
    this.#timer = setTimeout(() => (this.#busy() ? this.#wait() : this.#onGone()), grace);
  }
}
