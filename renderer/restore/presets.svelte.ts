import type { Preset, RelumeClient, RestoreOptions } from '../../preload/contract.ts';

interface Bench {
  readonly client: RelumeClient;
  /** Tells the person what did not work. */
  report(error: unknown): void;
}

/** The person's presets, kept from one start to the next. */
export class Presets {
  readonly #bench: Bench;
  #all = $state.raw<readonly Preset[]>([]);
  #removed = $state.raw<{ preset: Preset; index: number }>();

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  get all(): readonly Preset[] {
    return this.#all;
  }

  /** The one that was removed last, while it can be put back. */
  get removed(): Preset | undefined {
    return this.#removed?.preset;
  }

  async learn(): Promise<void> {
    this.#all = await this.#bench.client.call('presets.list', {});
  }

  /** Keeps options under a name, in place of what was kept under it. */
  keep(name: string, options: RestoreOptions): void {
    const preset = { name: name.trim(), options };
    const index = this.#all.findIndex((each) => each.name === preset.name);
    this.#set(index < 0 ? [...this.#all, preset] : this.#all.with(index, preset));
  }

  /** Nothing happens where the name is empty or taken. */
  rename(preset: Preset, name: string): void {
    const wanted = name.trim();
    if (wanted === '' || this.#all.some((each) => each.name === wanted)) return;
    this.#set(this.#all.map((each) => (each === preset ? { ...each, name: wanted } : each)));
  }

  remove(preset: Preset): void {
    const index = this.#all.indexOf(preset);
    this.#set(this.#all.toSpliced(index, 1));
    this.#removed = { preset, index };
  }

  putBack(): void {
    if (!this.#removed) return;
    const { preset, index } = this.#removed;
    this.#set(this.#all.toSpliced(index, 0, preset));
  }

  #set(presets: readonly Preset[]): void {
    this.#all = presets;
    this.#removed = undefined;
    this.#bench.client
      .call('presets.set', { presets: [...presets] })
      .catch((error: unknown) => this.#bench.report(error));
  }
}
