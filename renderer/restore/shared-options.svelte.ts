import { patternProblem, type RestoreOptions, saveDefaults } from '../../preload/contract.ts';
import type { OptionHistory } from './option-history.svelte.ts';

/** What is chosen for all pictures. */
export type Shared = Pick<RestoreOptions, 'model' | 'cleaner' | 'upscaler' | 'save' | 'pattern'>;
type SaveChoice = RestoreOptions['save'];

/** What is chosen for all pictures alike. */
export class SharedOptions {
  readonly #history: OptionHistory;
  readonly #onModels: () => void;
  #now = $state.raw<Shared>({
    model: '',
    save: {
      format: saveDefaults.format,
      quality: saveDefaults.quality,
      stripMetadata: saveDefaults.stripMetadata,
    },
    pattern: '',
  });

  /** How copies are saved; a pattern that cannot be used is left out. */
  readonly save: SaveChoice & { pattern?: string } = $derived.by(() => {
    const { save, pattern } = this.#now;
    return pattern !== '' && patternProblem(pattern) === undefined ? { ...save, pattern } : save;
  });

  /** @param onModels called when the person has chosen other models */
  constructor(history: OptionHistory, onModels: () => void) {
    this.#history = history;
    this.#onModels = onModels;
  }

  get now(): Shared {
    return this.#now;
  }

  /** Sets all of it, beside the history. */
  set now(now: Shared) {
    this.#now = now;
  }

  /** The denoiser. */
  get model(): string {
    return this.#now.model;
  }

  set model(model: string) {
    this.#choose('model', { ...this.#now, model });
    this.#onModels();
  }

  /** What runs after it, at the picture's own size: the remover of artefacts. */
  get cleaner(): string | undefined {
    return this.#now.cleaner;
  }

  set cleaner(cleaner: string | undefined) {
    this.#choose('cleaner', { ...this.#now, cleaner });
    this.#onModels();
  }

  /** What enlarges in the end. */
  get upscaler(): string | undefined {
    return this.#now.upscaler;
  }

  set upscaler(upscaler: string | undefined) {
    this.#choose('upscaler', { ...this.#now, upscaler });
    this.#onModels();
  }

  /** How copies are to be called, as it was typed; empty for the usual name. */
  get pattern(): string {
    return this.#now.pattern;
  }

  set pattern(pattern: string) {
    this.#choose('pattern', { ...this.#now, pattern });
  }

  chooseSave(change: Partial<SaveChoice>): void {
    const what = `save ${Object.keys(change).join()}`;
    this.#choose(what, { ...this.#now, save: { ...this.#now.save, ...change } });
  }

  #choose(what: string, after: Shared): void {
    const before = this.#now;
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    this.#now = after;
    this.#history.record({
      what,
      undo: () => {
        this.#now = before;
      },
      redo: () => {
        this.#now = after;
      },
    });
  }
}
