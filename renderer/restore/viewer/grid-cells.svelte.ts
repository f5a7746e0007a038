import type { OpenPicture } from '../open-picture.svelte.ts';
import { Preview } from '../preview.svelte.ts';
import type { Session } from '../session.svelte.ts';

/** What a cell of the grid shows: the original, or what a model makes of it. */
export type CellChoice = 'original' | { readonly model: string };

/** Most pictures that are compared at once. */
export const mostCells = 4;

/** Which pictures the grid compares, and the network's runs for them. */
export class GridCells {
  readonly #session: Session;
  #choices = $state.raw<readonly CellChoice[]>();
  /** Runs by picture and model; those of the model chosen in the panel belong to the picture itself. */
  readonly #previews = new WeakMap<OpenPicture, Map<string, Preview>>();

  /** The original and the models there are, until it is chosen otherwise. */
  readonly choices: readonly CellChoice[] = $derived.by(() => {
    if (this.#choices) return this.#choices;
    const models = this.#session.models.denoisers.map(({ id }) => ({ model: id }));
    return ['original' as const, ...models].slice(0, mostCells);
  });

  constructor(session: Session) {
    this.#session = session;
  }

  choose(index: number, choice: CellChoice): void {
    this.#choices = this.choices.map((known, at) => (at === index ? choice : known));
  }

  add(): void {
    const shown = this.choices.map((choice) => (choice === 'original' ? '' : choice.model));
    const unseen = this.#session.models.denoisers.find(({ id }) => !shown.includes(id));
    if (this.choices.length < mostCells)
      this.#choices = [...this.choices, unseen ? { model: unseen.id } : 'original'];
  }

  remove(index: number): void {
    if (this.choices.length > 1) this.#choices = this.choices.filter((_, at) => at !== index);
  }

  /** What a model makes of a picture; it has to be started. */
  previewOf(open: OpenPicture, model: string): Preview {
    if (model === this.#session.options.model) return open.result;
    const known = this.#previews.get(open) ?? new Map<string, Preview>();
    this.#previews.set(open, known);
    const preview = known.get(model) ?? this.#begin(open, model);
    known.set(model, preview);
    return preview;
  }

  /** It outlives the cell that asks for it first, so what it derives must not end with that cell. */
  #begin(open: OpenPicture, model: string): Preview {
    let preview!: Preview;
    $effect.root(() => {
      preview = new Preview(open.picture, this.#session, () => open.wishesWith(model));
    });
    return preview;
  }
}
