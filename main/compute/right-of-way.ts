/** Lets short work that a person waits for go before the next tile of the network. */
export class RightOfWay {
  readonly #waiting: (() => void)[] = [];
  #first = 0;

  /** Does work that goes first. */
  async first<T>(work: () => Promise<T>): Promise<T> {
    this.#first += 1;
    try {
      return await work();
    } finally {
      this.#first -= 1;
      if (this.#first === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Waits until nothing goes first any more. */
  async free(): Promise<void> {
    while (this.#first > 0) await new Promise<void>((go) => this.#waiting.push(go));
  }
}
