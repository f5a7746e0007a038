import type { Blend, RelumeClient, RequestOutput } from '../../../preload/contract.ts';
import { nameOf } from '../../design/path-parts.ts';
import { messageOf } from '../message-of.ts';

/** How long a change rests before it is measured, ms. */
const settleTime = 400;

/** A file that shows how a picture should look, and how close before and after are to it. */
export class Reference {
  readonly path: string;
  readonly name: string;
  readonly #client: RelumeClient;
  #scores = $state.raw<RequestOutput<'pictures.measure'>>();
  #problem = $state<string>();
  #measuring = $state(false);
  #turn = 0;

  constructor(path: string, client: RelumeClient) {
    this.path = path;
    this.name = nameOf(path);
    this.#client = client;
  }

  /** The last figures. */
  get scores(): RequestOutput<'pictures.measure'> | undefined {
    return this.#scores;
  }

  /** Why there are none, in one sentence. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether newer figures are on the way. */
  get measuring(): boolean {
    return this.#measuring;
  }

  /**
   * Measures a picture and a whole preview of it once they rest.
   *
   * @returns the function that forgets about it
   */
  measure(picture: string, blend: Blend, layer: string | undefined): () => void {
    this.#turn += 1;
    const turn = this.#turn;
    this.#measuring = true;
    const ask = () => this.#ask({ ...blend, picture, layer }, turn);
    const settling = setTimeout(() => void ask(), settleTime);
    return () => clearTimeout(settling);
  }

  async #ask(wish: Blend & { picture: string; layer: string | undefined }, turn: number): Promise<void> {
    try {
      const scores = await this.#client.call('pictures.measure', { ...wish, reference: this.path });
      if (turn === this.#turn) [this.#scores, this.#problem] = [scores, undefined];
    } catch (error) {
      if (turn === this.#turn) this.#problem = messageOf(error);
    } finally {
      if (turn === this.#turn) this.#measuring = false;
    }
  }
}
