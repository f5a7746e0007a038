import type { Generator, PictureReconstruction, RequestInput } from '../../../preload/contract.ts';
import type { GenerateSession } from '../generate-session.svelte.ts';

type Wanted = RequestInput<'generate.reconstruct'>['picture'];

/** A picture that the model was shown. */
export interface Shown extends PictureReconstruction {
  readonly key: number;
}

/** More are let go of, the oldest first. */
const most = 24;

/** The pictures that the model was shown, and the one that is looked at. */
export class ReconstructState {
  readonly #session: GenerateSession;
  readonly model: Generator;
  #all = $state.raw<readonly Shown[]>([]);
  #chosen = $state(0);
  #busy = $state(false);
  #next = 0;
  /** Class that a conditional model is told. */
  label = $state<number>();
  /** How much the difference is amplified. */
  gain = $state(2);

  readonly shown = $derived.by(() => this.#all.find(({ key }) => key === this.#chosen));

  constructor(session: GenerateSession, model: Generator) {
    this.#session = session;
    this.model = model;
    void this.look({ learnt: 0 });
  }

  /** The newest first. */
  get all(): readonly Shown[] {
    return this.#all;
  }

  get busy(): boolean {
    return this.#busy;
  }

  choose(key: number): void {
    this.#chosen = key;
  }

  /** Shows files to the model, one after the other; one that cannot be read never stops the rest. */
  async openPaths(paths: readonly string[]): Promise<void> {
    for (const path of paths.slice(0, most)) await this.look({ path });
  }

  async openFiles(files: readonly File[]): Promise<void> {
    await this.#session.try(async () => this.openPaths(await this.#session.client.pathsOf(files)));
  }

  /** A picture of the collection, by chance. */
  lookAtLearnt(): Promise<void> {
    return this.look({ learnt: Math.floor(Math.random() * this.model.pictures) });
  }

  async look(picture: Wanted): Promise<void> {
    this.#busy = true;
    await this.#session.try(async () => {
      const { label } = this;
      const result = await this.#session.client.call('generate.reconstruct', {
        model: this.model.id,
        picture,
        ...(label !== undefined && { label }),
      });
      this.#next += 1;
      this.#all = [{ ...result, key: this.#next }, ...this.#all].slice(0, most);
      this.#chosen = this.#next;
    });
    this.#busy = false;
  }
}
