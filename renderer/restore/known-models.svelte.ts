import { defaultModel, type ModelCard, type RelumeClient } from '../../preload/contract.ts';
import type { Shared } from './shared-options.svelte.ts';

/** The models that pictures can be restored with. */
export class KnownModels {
  readonly #client: RelumeClient;
  #all = $state.raw<readonly ModelCard[]>([]);

  readonly denoisers = $derived.by(() => this.#all.filter(({ task }) => task === 'denoise'));
  readonly upscalers = $derived.by(() =>
    this.#all.filter(({ task }) => task === 'upscale').sort((a, b) => a.scale - b.scale),
  );
  /** Removers of JPEG artefacts. */
  readonly cleaners = $derived.by(() => this.#all.filter(({ task }) => task === 'artefacts'));

  constructor(client: RelumeClient) {
    this.#client = client;
  }

  get all(): readonly ModelCard[] {
    return this.#all;
  }

  /** The card of a model; undefined when it is gone. */
  get(id: string): ModelCard | undefined {
    return this.#all.find((card) => card.id === id);
  }

  async learn(): Promise<void> {
    this.#all = await this.#client.call('models.list', {});
  }

  /** The options without models that are gone. */
  usable(options: Shared): Shared {
    const known = (id: string | undefined) => (id === undefined ? undefined : this.get(id)?.id);
    const { model, cleaner, upscaler } = options;
    return {
      ...options,
      model: known(model) ?? this.#usualDenoiser(),
      cleaner: known(cleaner),
      upscaler: known(upscaler),
    };
  }

  #usualDenoiser(): string {
    return (this.denoisers.find(({ id }) => id === defaultModel) ?? this.denoisers[0])?.id ?? '';
  }
}
