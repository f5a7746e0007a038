import {
  type Drawable,
  type Generator,
  type PictureNovelty,
  type RequestInput,
  sampleDefaults,
} from '../../../preload/contract.ts';
import type { GenerateSession } from '../generate-session.svelte.ts';
import { type Space, spaceOf } from '../space/space.svelte.ts';

const largestSeed = 2 ** 31 - 1;
/** Milliseconds without a change before novelty is asked for: it looks at the whole collection. */
const calm = 250;

/** What is drawn, around what, and what is kept of it. */
export class SampleState {
  readonly #session: GenerateSession;
  readonly model: Generator;
  /** Where pictures are kept, for every view. */
  readonly space: Space;
  #samples = $state.raw<readonly Drawable[]>([]);
  #novelty = $state.raw<readonly PictureNovelty[]>([]);
  #centre = $state.raw<Drawable>();
  #looked = $state<number>();
  seed = $state<number>(sampleDefaults.seed);
  temperature = $state<number>(sampleDefaults.temperature);
  /** How far variations lie from their centre, in deviations of the prior. */
  distance = $state(0.4);
  count = $state<number>(sampleDefaults.count);
  label = $state<number>();

  constructor(session: GenerateSession, model: Generator) {
    this.#session = session;
    this.model = model;
    this.space = spaceOf(session, model);
    $effect(() => this.#draw());
  }

  get samples(): readonly Drawable[] {
    return this.#samples;
  }

  /** In the order of the samples; empty until it is known. */
  get novelty(): readonly PictureNovelty[] {
    return this.#novelty;
  }

  /** What variations are made of; undefined while samples come from anywhere. */
  get centre(): Drawable | undefined {
    return this.#centre;
  }

  /** The sample that is held beside its nearest training picture. */
  get looked(): number | undefined {
    return this.#looked;
  }

  vary(drawn: Drawable | undefined): void {
    this.#centre = drawn;
  }

  look(index: number | undefined): void {
    this.#looked = index;
  }

  reseed(): void {
    this.seed = Math.floor(Math.random() * largestSeed);
  }

  #draw(): () => void {
    const input = this.#input;
    let wanted = true;
    let waiting: ReturnType<typeof setTimeout>;
    const { client } = this.#session;
    void this.#session.try(async () => {
      const drawn = await client.call('generate.sample', input);
      if (!wanted) return;
      this.#samples = drawn;
      this.#novelty = [];
      this.#looked = undefined;
      waiting = setTimeout(() => {
        void this.#session.try(async () => {
          const found = await client.call('generate.novelty', { model: this.model.id, drawn });
          if (wanted) this.#novelty = found;
        });
      }, calm);
    });
    return () => {
      wanted = false;
      clearTimeout(waiting);
    };
  }

  get #input(): RequestInput<'generate.sample'> {
    const around = this.#centre;
    const label = around ? around.label : this.label;
    return {
      model: this.model.id,
      seed: this.seed,
      temperature: around ? this.distance : this.temperature,
      count: this.count,
      ...(label !== undefined && { label }),
      ...(around && { around: around.code }),
    };
  }
}
