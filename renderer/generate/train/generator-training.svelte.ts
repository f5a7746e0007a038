import {
  type Collection,
  contradiction,
  type Device,
  type DeviceId,
  type Fit,
  type GeneratorRunSummary,
  type PresetName,
  presets,
  type Recipe,
  type RelumeClient,
  recipeDefaults,
  type Suggestion,
} from '../../../preload/contract.ts';
import { type Attempt, OpenCollection } from '../../training/open-collection.svelte.ts';
import { RunBoard, type RunControl } from '../../training/run-board.svelte.ts';
import { generatorTrainingTexts } from './generator-training-texts.ts';

/** What can be chosen of a recipe. */
export type Choices = Omit<Recipe, 'classes'>;

const firstChoices: Choices = { ...recipeDefaults, kind: 'vae' };

/** The Train view of Generate: pictures, what is chosen for the next run, and the runs there are. */
export class GeneratorTraining {
  readonly client: RelumeClient;
  readonly pictures: OpenCollection;
  readonly board = new RunBoard<GeneratorRunSummary>();
  readonly #attempt: Attempt;
  #digits = $state(false);
  #suggestion = $state.raw<Suggestion>();
  #changes = $state.raw<Partial<Choices>>({});
  #preset = $state<PresetName>();
  #devices = $state.raw<readonly Device[]>([]);
  fit = $state<Fit>('centre');
  minutes = $state(20);
  steps = $state(0);
  device = $state<DeviceId>('auto');
  runName = $state('');

  /** What is chosen counts for more than the preset, and that for more than what the pictures suggest. */
  readonly recipe = $derived.by((): Choices => {
    const { size, channels, latent } = this.#suggestion ?? recipeDefaults;
    const suggested = { ...firstChoices, size, channels, latent };
    return { ...suggested, ...(this.#preset && presets[this.#preset]), ...this.#changes };
  });
  /** Why it cannot be trained like this, in a sentence. */
  readonly problem = $derived.by(() => {
    // Until the pictures are known, what stands for them says nothing.
    if (this.#suggestion === undefined) return undefined;
    const { kind, size, channels } = this.recipe;
    if (kind === 'cvae' && this.#suggestion.classes.length === 0) return generatorTrainingTexts.noClasses;
    if (this.#digits && (size !== 28 || channels !== 1)) return generatorTrainingTexts.digitsAreSmall;
    return contradiction(this.recipe);
  });
  readonly opened = $derived.by(() => this.#digits || this.pictures.current !== undefined);
  readonly ready = $derived.by(() => {
    if (this.#suggestion === undefined || this.problem !== undefined) return false;
    const { current } = this.pictures;
    return this.#digits || (current?.state === 'done' && current.usable >= 2);
  });

  constructor(client: RelumeClient, attempt: Attempt) {
    this.client = client;
    this.#attempt = attempt;
    this.pictures = new OpenCollection(client, 'generate', attempt, (collection) => this.#take(collection));
    client.on('generatorRun', (run) => this.board.take(run));
    void attempt(async () => {
      this.board.list(await client.call('generatorRuns.list', {}));
      this.#devices = (await client.call('devices.list', {})).filter(({ available }) => available);
    });
  }

  get digits(): boolean {
    return this.#digits;
  }

  /** Undefined until all pictures have been looked at. */
  get suggestion(): Suggestion | undefined {
    return this.#suggestion;
  }

  get preset(): PresetName | undefined {
    return this.#preset;
  }

  get devices(): readonly Device[] {
    return this.#devices;
  }

  change(changes: Partial<Choices>): void {
    this.#changes = { ...this.#changes, ...changes };
  }

  /** Takes a preset whole, or goes back to what the pictures suggest. */
  choosePreset(preset: PresetName | undefined): void {
    this.#preset = preset;
    this.#changes = {};
  }

  async openPaths(paths: string[]): Promise<void> {
    this.#forget();
    await this.pictures.openPaths(paths);
    this.board.show(undefined);
  }

  async tryDigits(): Promise<void> {
    this.#forget();
    await this.pictures.close();
    this.#digits = true;
    await this.#suggest({ digits: true });
  }

  /** Goes back to choosing pictures. */
  leaveDigits(): void {
    this.#forget();
  }

  async train(): Promise<void> {
    const collection = this.pictures.current?.id;
    const pictures = collection === undefined ? { digits: true as const } : { collection };
    const { recipe, fit, steps, minutes, device, runName } = this;
    await this.#attempt(async () => {
      const { run } = await this.client.call('generatorRuns.start', {
        pictures,
        fit,
        recipe,
        length: steps > 0 ? { steps } : { minutes },
        device,
        ...(runName !== '' && { name: runName }),
      });
      this.board.show(run);
      this.runName = '';
    });
  }

  async control(what: RunControl, run: string): Promise<void> {
    await this.#attempt(async () => {
      if (what === 'resume') await this.client.call('generatorRuns.resume', { run, device: this.device });
      else await this.client.call(`generatorRuns.${what}`, { run });
      if (what === 'delete') this.board.forget(run);
    });
  }

  /** Chooses what a run was made of, to be changed and trained anew. */
  async again({ source, recipe: { classes: _, ...recipe }, minutes }: GeneratorRunSummary): Promise<void> {
    if (source.kind === 'digits') await this.tryDigits();
    else await this.openPaths([source.folder]);
    if (source.kind === 'folder') this.fit = source.fit;
    if (minutes !== undefined) this.minutes = minutes;
    this.#changes = recipe;
    this.board.show(undefined);
  }

  /** What is suggested holds for the pictures that it was asked for. */
  #take({ id, state }: Collection): void {
    if (state === 'done') void this.#suggest({ collection: id });
    else this.#suggestion = undefined;
  }

  #forget(): void {
    this.#digits = false;
    this.#suggestion = undefined;
    this.#changes = {};
    this.#preset = undefined;
  }

  async #suggest(pictures: { collection: string } | { digits: true }): Promise<void> {
    await this.#attempt(async () => {
      this.#suggestion = await this.client.call('generatorRuns.suggest', pictures);
    });
  }
}
