import type { Job, Part, Picture, RelumeClient, Restoration } from '../../preload/contract.ts';
import { texts } from '../texts.ts';
import { isActive, type JobBoard } from './job-board.svelte.ts';
import type { KnownModels } from './known-models.svelte.ts';
import { messageOf } from './message-of.ts';
import { resultSize } from './result-size.ts';
import { isAnything, type Ready } from './viewer/ready-geometry.ts';
import type { Size } from './viewer/view-geometry.ts';

/** How long wishes rest before the network runs again, ms. */
const settleTime = 300;

interface Bench {
  readonly client: RelumeClient;
  readonly jobs: JobBoard;
  readonly models: Pick<KnownModels, 'all'>;
  /** Tells the person what did not work. */
  report(error: unknown): void;
}

/** The pixels of a run. */
export interface Layer {
  readonly id: string;
  /** Larger than the picture where the run enlarges. */
  readonly size: Size;
}

/** What the network makes of a picture for the screen: the run for the present wishes, and the one before it. */
export class Preview {
  readonly #picture: Picture;
  readonly #bench: Bench;
  readonly #wishes: () => Restoration;
  #jobId = $state<string>();
  #earlierLayer = $state.raw<Layer>();
  /** What the present run was asked for with. */
  #asked = $state.raw<Restoration>();
  #problem = $state<string>();
  #turn = 0;
  /** Whether the present run replaces one whose pixels were given up. */
  #replacing = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  readonly job: Job | undefined = $derived.by(() => this.#bench.jobs.get(this.#jobId));
  /** Whether the network runs or is about to. */
  readonly active: boolean = $derived.by(() => {
    if (this.job) return isActive(this.job);
    return this.#asked !== undefined && this.#problem === undefined;
  });
  /** Why there is no result, in one sentence. */
  readonly problem: string | undefined = $derived.by(() => this.#problem ?? reasonOf(this.job));
  /** The running or finished run. */
  readonly layer: Layer | undefined = $derived.by(() => {
    if (this.#jobId === undefined || !this.#asked) return undefined;
    return { id: this.#jobId, size: resultSize(this.#picture, this.#asked.chain, this.#bench.models.all) };
  });
  /** What can be shown of `layer`. */
  readonly ready: Ready = $derived.by(() =>
    this.job?.state === 'done' ? 'whole' : { tiles: this.job?.tiles, quick: this.job?.quick },
  );
  /** The last finished run, shown until the next one covers it. */
  readonly earlierLayer = $derived.by(() => this.#earlierLayer);
  /** The last layer that is whole. */
  readonly wholeLayer = $derived.by(() => (this.job?.state === 'done' ? this.layer : this.#earlierLayer));
  /** Whether there is anything to show. */
  readonly shown = $derived.by(() => isAnything(this.ready) || this.#earlierLayer !== undefined);

  /** @param wishes what the network is to do, whenever it is started */
  constructor(picture: Picture, bench: Bench, wishes: () => Restoration) {
    this.#picture = picture;
    this.#bench = bench;
    this.#wishes = wishes;
  }

  /** Runs the network for changed wishes, once they rest. */
  settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.ensure(), settleTime);
  }

  /** Runs the network unless it has run, or is running, with the present wishes. */
  ensure(): void {
    const same = JSON.stringify(this.#asked) === JSON.stringify(this.#wishes());
    if (!same) void this.start();
  }

  /** Runs the network with the present wishes, in place of a run that is under way. */
  async start(): Promise<void> {
    const turn = this.#withdraw();
    const wishes = this.#wishes();
    this.#asked = wishes;
    try {
      const { job } = await this.#bench.client.call('restore.preview', wishes);
      if (turn === this.#turn) this.#jobId = job;
      else await this.#cancel(job);
    } catch (error) {
      if (turn === this.#turn) this.#problem = messageOf(error);
    }
  }

  /** Has what is looked at done first, while the network runs. */
  look(part: Part): void {
    const job = this.#jobId;
    if (job === undefined || !isActive(this.job)) return;
    this.#bench.client.call('restore.look', { job, part }).catch((error) => this.#bench.report(error));
  }

  /** `layer` covers the run before it. */
  dropEarlier(layer: string): void {
    if (layer === this.#jobId) this.#earlierLayer = undefined;
  }

  /** The pixels of a finished run are not kept any more: makes them again, once. */
  replaceLost(layer: string): void {
    if (layer !== this.#jobId || this.job?.state !== 'done') return;
    const again = this.#replacing;
    this.#replacing = !again;
    if (again) this.#problem = texts.pixelsLost;
    else void this.start();
  }

  async cancel(): Promise<void> {
    if (this.#jobId && isActive(this.job)) await this.#cancel(this.#jobId);
  }

  /** Gives way to another picture: an unfinished run starts anew when this picture is looked at again. */
  giveWay(): void {
    clearTimeout(this.#settling);
    if (this.job?.state !== 'done') this.#withdraw();
  }

  async #cancel(job: string): Promise<void> {
    await this.#bench.client.call('jobs.cancel', { job }).catch((error) => this.#bench.report(error));
  }

  /** Ends the present run, whatever its state, and answers the number of the next turn. */
  #withdraw(): number {
    clearTimeout(this.#settling);
    if (this.job?.state === 'done') this.#earlierLayer = this.layer;
    else void this.cancel();
    this.#jobId = undefined;
    this.#asked = undefined;
    this.#problem = undefined;
    this.#turn += 1;
    return this.#turn;
  }
}

/** Why a job failed; undefined when it did not. */
export function reasonOf(job: Job | undefined): string | undefined {
  return job?.state === 'failed' ? (job.reason ?? '') : undefined;
}
