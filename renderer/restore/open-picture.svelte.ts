import {
  type DenoiseOptions,
  type DeviceId,
  type Picture,
  type RelumeClient,
  type SaveOptions,
  saveDefaults,
  sigmaRange,
} from '../../preload/contract.ts';
import { texts } from '../texts.ts';
import { isActive, type JobBoard } from './job-board.svelte.ts';

/** What all pictures share. */
export interface Workbench {
  readonly client: RelumeClient;
  readonly jobs: JobBoard;
  readonly model: string;
  readonly device: DeviceId;
  /** Tells the person what did not work. */
  report(error: unknown): void;
}

/** How long the noise level rests before the network runs again, ms. */
const settleTime = 300;

/** A picture that is open: what is wished for it, its preview and its last save. */
export class OpenPicture {
  readonly picture: Picture;
  #bench: Workbench;
  #chosenSigma = $state<number>();
  #strength = $state<number>(saveDefaults.strength);
  #previewId = $state<string>();
  #earlierLayer = $state<string>();
  #saveId = $state<string>();
  /** What the present preview was asked for with. */
  #asked = $state.raw<DenoiseOptions>();
  #previewProblem = $state<string>();
  #saveProblem = $state<string>();
  #saveRequested = $state(false);
  #turn = 0;
  /** Whether the present preview replaces one whose pixels were given up. */
  #replacing = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  /** Noise level told to the network: the estimate until another is chosen. */
  readonly sigma = $derived.by(() => this.#chosenSigma ?? this.estimate);
  readonly sigmaChanged = $derived.by(() => this.#chosenSigma !== undefined);
  readonly preview = $derived.by(() => this.#bench.jobs.get(this.#previewId));
  /** Whether the network runs or is about to. */
  readonly previewActive = $derived.by(() => {
    if (this.preview) return isActive(this.preview);
    return this.#asked !== undefined && this.#previewProblem === undefined;
  });
  /** Why there is no preview, in one sentence. */
  readonly previewProblem = $derived.by(() => this.#previewProblem ?? reasonOf(this.preview));
  /** Layer of the running or finished preview. */
  readonly layer = $derived.by(() => this.#previewId);
  /** Picture rows of `layer` that can be shown. */
  readonly rows = $derived.by(() => {
    if (this.preview?.state === 'done') return this.picture.height;
    return this.preview?.rows ?? 0;
  });
  /** The last finished preview, shown until the next one covers it. */
  readonly earlierLayer = $derived.by(() => this.#earlierLayer);
  readonly save = $derived.by(() => this.#bench.jobs.get(this.#saveId));
  readonly saveActive = $derived.by(() => this.#saveRequested || isActive(this.save));
  readonly saveProblem = $derived.by(() => this.#saveProblem ?? reasonOf(this.save));

  constructor(picture: Picture, bench: Workbench) {
    this.picture = picture;
    this.#bench = bench;
  }

  get estimate(): number {
    return Math.min(sigmaRange.max, Math.max(sigmaRange.min, this.picture.sigma));
  }

  get strength(): number {
    return this.#strength;
  }

  set strength(strength: number) {
    this.#strength = strength;
  }

  /** Chooses a noise level, or the estimate again, and runs the network once it rests. */
  chooseSigma(sigma: number | undefined): void {
    this.#chosenSigma = sigma;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.startPreview(), settleTime);
  }

  /** Runs the network unless it has run, or is running, with the present wishes. */
  ensurePreview(): void {
    const { sigma, model, device } = this.#asked ?? {};
    const wishes = this.#wishes();
    const same = sigma === wishes.sigma && model === wishes.model && device === wishes.device;
    if (!same) void this.startPreview();
  }

  /** Runs the network with the present wishes, in place of a run that is under way. */
  async startPreview(): Promise<void> {
    const turn = this.#withdraw();
    const wishes = this.#wishes();
    this.#asked = wishes;
    try {
      const { job } = await this.#bench.client.call('restore.preview', wishes);
      if (turn === this.#turn) this.#previewId = job;
      else await this.#cancel(job);
    } catch (error) {
      if (turn === this.#turn) this.#previewProblem = messageOf(error);
    }
  }

  /** `layer` covers the preview before it. */
  dropEarlier(layer: string): void {
    if (layer === this.#previewId) this.#earlierLayer = undefined;
  }

  /** The pixels of a finished preview are not kept any more: makes them again, once. */
  replaceLost(layer: string): void {
    if (layer !== this.#previewId || this.preview?.state !== 'done') return;
    const again = this.#replacing;
    this.#replacing = !again;
    if (again) this.#previewProblem = texts.pixelsLost;
    else void this.startPreview();
  }

  async cancelPreview(): Promise<void> {
    if (this.#previewId && isActive(this.preview)) await this.#cancel(this.#previewId);
  }

  /** Gives way to another picture: an unfinished preview starts anew when this picture is looked at again. */
  giveWay(): void {
    clearTimeout(this.#settling);
    if (this.preview?.state !== 'done') this.#withdraw();
  }

  async saveCopy(options: Omit<SaveOptions, 'strength'>): Promise<void> {
    this.#saveRequested = true;
    this.#saveProblem = undefined;
    try {
      const wishes = { ...this.#wishes(), ...options, strength: this.#strength };
      this.#saveId = (await this.#bench.client.call('restore.save', wishes)).job;
    } catch (error) {
      this.#saveProblem = messageOf(error);
    } finally {
      this.#saveRequested = false;
    }
  }

  async cancelSave(): Promise<void> {
    if (this.#saveId && isActive(this.save)) await this.#cancel(this.#saveId);
  }

  async #cancel(job: string): Promise<void> {
    await this.#bench.client.call('jobs.cancel', { job }).catch((error) => this.#bench.report(error));
  }

  /** Ends the present preview, whatever its state, and answers the number of the next turn. */
  #withdraw(): number {
    clearTimeout(this.#settling);
    if (this.preview?.state === 'done') this.#earlierLayer = this.#previewId;
    else void this.cancelPreview();
    this.#previewId = undefined;
    this.#asked = undefined;
    this.#previewProblem = undefined;
    this.#turn += 1;
    return this.#turn;
  }

  #wishes(): DenoiseOptions {
    const { model, device } = this.#bench;
    return { picture: this.picture.id, model, device, sigma: this.sigma };
  }
}

function reasonOf(job: { state: string; reason?: string | undefined } | undefined): string | undefined {
  return job?.state === 'failed' ? (job.reason ?? '') : undefined;
}

/** The sentence of an error for the person. */
export function messageOf(error: unknown): string {
  // Failures cross the bridge as plain data, with the same field.
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return String(hasMessage ? error.message : error);
}
