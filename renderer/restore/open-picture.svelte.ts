import {
  type Blend,
  type Parts,
  type Picture,
  type RelumeClient,
  type Restoration,
  type SaveOptions,
  sigmaRange,
} from '../../preload/contract.ts';
import { isActive, type JobBoard } from './job-board.svelte.ts';
import type { KnownModels } from './known-models.svelte.ts';
import { messageOf } from './message-of.ts';
import type { OptionHistory } from './option-history.svelte.ts';
import { type PictureOptions, pictureDefaults } from './picture-options.ts';
import { Preview, reasonOf } from './preview.svelte.ts';
import { resultSize } from './result-size.ts';
import type { SharedOptions } from './shared-options.svelte.ts';
import type { Reference } from './viewer/reference.svelte.ts';
import type { Size } from './viewer/view-geometry.ts';

/** What all pictures share. */
export interface Workbench {
  readonly client: RelumeClient;
  readonly jobs: JobBoard;
  readonly models: Pick<KnownModels, 'all'>;
  readonly options: Pick<SharedOptions, 'model' | 'cleaner' | 'upscaler'>;
  readonly history: OptionHistory;
  /** Tells the person what did not work. */
  report(error: unknown): void;
}

/** A picture that is open: what is wished for it, its preview and its last save. */
export class OpenPicture {
  readonly picture: Picture;
  /** What the network makes of it, as it is shown. */
  readonly result: Preview;
  #bench: Workbench;
  #options = $state.raw<PictureOptions>(pictureDefaults);
  #reference = $state.raw<Reference>();
  #saveId = $state<string>();
  #saveProblem = $state<string>();
  #saveRequested = $state(false);

  /** Noise level told to the network: the estimate until another is chosen. */
  readonly sigma = $derived.by(() => this.#options.sigma ?? this.estimate);
  /** How much of the result is kept; changing it runs no network. */
  readonly blend: Blend = $derived.by(() => {
    const { strength, parts } = this.#options;
    return { strength, parts };
  });
  readonly sigmaChanged = $derived.by(() => this.#options.sigma !== undefined);
  /** Nothing of the cleaning is kept, so that the picture is enlarged as it is. */
  readonly #enlargesOnly = $derived.by(
    () => this.#options.strength === 0 && this.#bench.options.upscaler !== undefined,
  );
  /** What the networks are to do. */
  readonly wishes: Restoration = $derived.by(() => this.wishesWith(this.#bench.options.model));
  /** Size of the result, in whose pixels the viewer counts. */
  readonly frame: Size = $derived.by(() =>
    resultSize(this.picture, this.wishes.chain, this.#bench.models.all),
  );
  readonly preview = $derived.by(() => this.result.job);
  /** Whether the network runs or is about to. */
  readonly previewActive = $derived.by(() => this.result.active);
  /** Why there is no preview, in one sentence. */
  readonly previewProblem = $derived.by(() => this.result.problem);
  readonly save = $derived.by(() => this.#bench.jobs.get(this.#saveId));
  readonly saveActive = $derived.by(() => this.#saveRequested || isActive(this.save));
  readonly saveProblem = $derived.by(() => this.#saveProblem ?? reasonOf(this.save));

  /** @param options what it begins with */
  constructor(picture: Picture, bench: Workbench, options: PictureOptions = pictureDefaults) {
    this.picture = picture;
    this.#options = options;
    this.#bench = bench;
    this.result = new Preview(picture, bench, () => this.wishes);
  }

  get estimate(): number {
    return Math.min(sigmaRange.max, Math.max(sigmaRange.min, this.picture.sigma));
  }

  get options(): PictureOptions {
    return this.#options;
  }

  /** Sets all of them, beside the history. */
  set options(options: PictureOptions) {
    this.#options = options;
  }

  get strength(): number {
    return this.#options.strength;
  }

  set strength(strength: number) {
    const enlargedOnly = this.#enlargesOnly;
    this.#choose('strength', { ...this.#options, strength });
    if (this.#enlargesOnly !== enlargedOnly) this.result.settle();
  }

  /** What the strength is made of. */
  get parts(): Parts {
    return this.#options.parts;
  }

  set parts(parts: Parts) {
    this.#choose('parts', { ...this.#options, parts });
  }

  /** What the picture is measured against. */
  get reference(): Reference | undefined {
    return this.#reference;
  }

  set reference(reference: Reference | undefined) {
    this.#reference = reference;
  }

  /** Chooses a noise level, or the estimate again, and runs the network once it rests. */
  chooseSigma(sigma: number | undefined): void {
    const { sigma: _, ...others } = this.#options;
    this.#choose('sigma', sigma === undefined ? others : { ...others, sigma });
    this.result.settle();
  }

  /** Runs the network for other wishes, once they rest. */
  settlePreview(): void {
    this.result.settle();
  }

  /** Runs the network unless it has run, or is running, with the present wishes. */
  ensurePreview(): void {
    this.result.ensure();
  }

  startPreview(): void {
    void this.result.start();
  }

  cancelPreview(): void {
    void this.result.cancel();
  }

  /** Gives way to another picture: an unfinished preview starts anew when this picture is looked at again. */
  giveWay(): void {
    this.result.giveWay();
  }

  /** What another denoiser is to do in place of the chosen one. */
  wishesWith(model: string): Restoration {
    const { cleaner, upscaler } = this.#bench.options;
    const [cleaning, enlarging] = [cleaner, upscaler].map((id) => (id === undefined ? [] : [{ model: id }]));
    const cleaned = [{ model, sigma: this.sigma }, ...(cleaning ?? [])];
    const chain = [...(this.#enlargesOnly ? [] : cleaned), ...(enlarging ?? [])];
    return { picture: this.picture.id, chain, device: 'auto' };
  }

  async saveCopy(options: Omit<SaveOptions, keyof Blend>): Promise<void> {
    this.#saveRequested = true;
    this.#saveProblem = undefined;
    try {
      const wishes = { ...this.wishes, ...options, ...this.blend };
      this.#saveId = (await this.#bench.client.call('restore.save', wishes)).job;
    } catch (error) {
      this.#saveProblem = messageOf(error);
    } finally {
      this.#saveRequested = false;
    }
  }

  async cancelSave(): Promise<void> {
    if (!this.#saveId || !isActive(this.save)) return;
    await this.#bench.client
      .call('jobs.cancel', { job: this.#saveId })
      .catch((error) => this.#bench.report(error));
  }

  #choose(what: string, after: PictureOptions): void {
    const before = this.#options;
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    this.#options = after;
    this.#bench.history.record({
      what,
      picture: this.picture.id,
      undo: () => {
        this.#options = before;
      },
      redo: () => {
        this.#options = after;
      },
    });
  }
}
