import {
  type Device,
  type DeviceId,
  defaultModel,
  type ModelCard,
  type NoiseKind,
  type RelumeClient,
  type RunSummary,
  type Scale,
  type ShrinkKind,
  type TrainingTask,
} from '../../preload/contract.ts';
import { messageOf } from '../restore/message-of.ts';
import { OpenCollection } from '../training/open-collection.svelte.ts';
import { RunBoard, type RunControl } from '../training/run-board.svelte.ts';

/** What can be undone, as one choice. */
export type TaskChoice = NoiseKind | 'artefacts' | 'upscale';

/** The Train workspace: the collection and what is chosen for the next run, and the runs there are. */
export class TrainSession {
  readonly client: RelumeClient;
  readonly #report: (message: string) => void;
  readonly pictures: OpenCollection;
  readonly board = new RunBoard<RunSummary>();
  #models = $state.raw<readonly ModelCard[]>([]);
  #devices = $state.raw<readonly Device[]>([]);
  #shell = $state<'electron' | 'web'>('web');
  #from = $state<string>();
  choice = $state<TaskChoice>('gaussian');
  scale = $state<Scale>(2);
  shrink = $state<ShrinkKind>('bicubic');
  minutes = $state(20);
  steps = $state(0);
  size = $state<'fast' | 'best'>('fast');
  device = $state<DeviceId>('auto');
  runName = $state('');

  readonly task = $derived.by((): TrainingTask => {
    if (this.choice === 'upscale') return { kind: 'upscale', scale: this.scale, damage: this.shrink };
    return this.choice === 'artefacts' ? { kind: 'artefacts' } : { kind: 'denoise', noise: this.choice };
  });
  /** Models that the task can begin with. */
  readonly starts = $derived.by(() =>
    this.#models.filter(({ task, scale }) => {
      return task === this.task.kind && scale === (this.task.kind === 'upscale' ? this.task.scale : 1);
    }),
  );
  /** '' for none. */
  readonly from = $derived.by(() => {
    if (this.#from === '' || this.starts.some(({ id }) => id === this.#from)) return this.#from ?? '';
    return (this.starts.find(({ id }) => id === defaultModel) ?? this.starts[0])?.id ?? '';
  });
  readonly ready = $derived.by(() => {
    const { collection } = this;
    if (collection?.state !== 'done') return false;
    return (this.choice === 'pairs' ? (collection.pairs?.count ?? 0) : collection.usable) >= 2;
  });
  /** While the noisy pictures of pairs are looked for. */
  pairing = $state(false);

  /** @param report told what did not work */
  constructor(client: RelumeClient, report: (message: string) => void) {
    this.client = client;
    this.#report = report;
    this.pictures = new OpenCollection(client, 'restore', (work) => this.#try(work));
    client.on('run', (run) => this.board.take(run));
    void this.#learn();
  }

  get collection() {
    return this.pictures.current;
  }

  get devices(): readonly Device[] {
    return this.#devices;
  }

  get shell(): 'electron' | 'web' {
    return this.#shell;
  }

  chooseStart(id: string): void {
    this.#from = id;
  }

  async openPaths(paths: string[]): Promise<void> {
    await this.pictures.openPaths(paths);
    this.board.show(undefined);
  }

  /** Chooses what a run was made of, to be changed and trained anew. */
  async again({ task, folder, from, minutes }: RunSummary): Promise<void> {
    this.choice = task.kind === 'denoise' ? task.noise : task.kind;
    if (task.kind === 'upscale') [this.scale, this.shrink] = [task.scale, task.damage];
    if (minutes !== undefined) this.minutes = minutes;
    this.#from = from ?? '';
    await this.openPaths([folder]);
  }

  /** A model by the name that people know, where it is still there. */
  nameOf(model: string): string {
    return this.#models.find(({ id }) => id === model)?.name ?? model;
  }

  async openFiles(files: readonly File[]): Promise<void> {
    if (files.length > 0) await this.#try(async () => this.openPaths(await this.client.pathsOf(files)));
  }

  async pairWith(paths: string[]): Promise<void> {
    this.pairing = true;
    await this.pictures.pairWith(paths);
    this.pairing = false;
  }

  async train(): Promise<void> {
    const { id } = this.collection ?? {};
    if (id === undefined) return;
    const { task, size, device, steps, minutes, from, runName } = this;
    await this.#try(async () => {
      const { run } = await this.client.call('runs.start', {
        collection: id,
        task,
        size,
        device,
        length: steps > 0 ? { steps } : { minutes },
        ...(from !== '' && { from }),
        ...(runName !== '' && { name: runName }),
      });
      this.board.show(run);
      this.runName = '';
    });
  }

  async control(what: RunControl, run: string): Promise<void> {
    await this.#try(async () => {
      if (what === 'resume') await this.client.call('runs.resume', { run, device: this.device });
      else await this.client.call(`runs.${what}`, { run });
      if (what === 'delete') this.board.forget(run);
    });
  }

  async reveal(path: string): Promise<void> {
    await this.#try(() => this.client.reveal(path));
  }

  async #learn(): Promise<void> {
    await this.#try(async () => {
      const [info, models, runs] = await Promise.all([
        this.client.call('app.info', {}),
        this.client.call('models.list', {}),
        this.client.call('runs.list', {}),
      ]);
      this.#shell = info.shell;
      this.#models = models;
      this.board.list(runs);
      this.#devices = (await this.client.call('devices.list', {})).filter(({ available }) => available);
    });
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#report(messageOf(error));
    }
  }
}
