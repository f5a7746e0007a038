import type { Picture, Preset, Refused, RelumeClient, RestoreOptions } from '../../preload/contract.ts';
import { askToNotify, JobQueue } from '../queue/job-queue.svelte.ts';
import { texts } from '../texts.ts';
import { JobBoard } from './job-board.svelte.ts';
import { KnownDevices } from './known-devices.svelte.ts';
import { KnownModels } from './known-models.svelte.ts';
import { messageOf } from './message-of.ts';
import { Notices } from './notices.svelte.ts';
import type { OpenPicture, Workbench } from './open-picture.svelte.ts';
import { OpenPictures } from './open-pictures.svelte.ts';
import { Opener } from './opener.svelte.ts';
import type { Change } from './option-changes.ts';
import { OptionHistory } from './option-history.svelte.ts';
import { allOptions } from './picture-options.ts';
import { Presets } from './presets.svelte.ts';
import { SharedOptions } from './shared-options.svelte.ts';
import { Comparison } from './viewer/comparison.svelte.ts';
import { Reference } from './viewer/reference.svelte.ts';
import { Viewport } from './viewer/viewport.svelte.ts';

/** The Restore workspace: open pictures, the one looked at, and what is chosen for all of them. */
export class Session implements Workbench {
  readonly client: RelumeClient;
  readonly notices = new Notices();
  readonly models: KnownModels;
  readonly devices: KnownDevices;
  readonly pictures: OpenPictures;
  readonly opener = new Opener(this);
  /** What part of the picture is seen; kept from one picture to the next only in how it is compared. */
  readonly viewport = new Viewport();
  readonly comparison: Comparison;
  readonly history = new OptionHistory();
  readonly options = new SharedOptions(this.history, () => this.selected?.ensurePreview());
  readonly presets = new Presets(this);
  readonly jobs: JobBoard;
  readonly queue: JobQueue;
  #started: Promise<void>;
  #sampling = $state(false);
  #shell = $state<'electron' | 'web'>('web');

  /** Photos that are open or are being opened: all are saved together. */
  readonly count = $derived.by(() => this.pictures.all.length + this.opener.waiting.length);
  readonly opening = $derived.by(() => this.#sampling || this.opener.waiting.length > 0);

  constructor(client: RelumeClient) {
    this.client = client;
    this.models = new KnownModels(client);
    this.devices = new KnownDevices(client);
    this.pictures = new OpenPictures(this);
    this.jobs = new JobBoard(client);
    this.comparison = new Comparison(this);
    this.queue = new JobQueue(this);
    client.on('arrived', () => void this.openArrived());
    this.#started = this.#learn();
    void this.openArrived();
  }

  get shell(): 'electron' | 'web' {
    return this.#shell;
  }

  /** Resolves when the models are known, without which nothing is shown. */
  get started(): Promise<void> {
    return this.#started;
  }

  /** The picture that is looked at. */
  get selected(): OpenPicture | undefined {
    return this.pictures.selected;
  }

  select(id: string): void {
    this.opener.stay();
    this.pictures.select(id);
  }

  /** Selects the picture `step` places further in the strip. */
  selectBy(step: number): void {
    const next = this.pictures.neighbour(step);
    if (next) this.select(next.picture.id);
  }

  /** Closes a picture; its neighbour is looked at in place of it. */
  close(id: string): void {
    const looked = this.selected?.picture.id === id;
    const neighbour = this.pictures.close(id);
    if (looked && neighbour) this.select(neighbour.picture.id);
  }

  /** Takes a model, for what it is made for; it may have come since the window opened. */
  async useModel(id: string): Promise<void> {
    await this.learnModels();
    const task = this.models.get(id)?.task;
    if (task === 'denoise') this.options.model = id;
    if (task === 'artefacts') this.options.cleaner = id;
    if (task === 'upscale') this.options.upscaler = id;
  }

  /** Learns which models there are; one that is gone is not wished for any more. */
  async learnModels(): Promise<void> {
    try {
      await this.models.learn();
    } catch (error) {
      this.report(error);
      return;
    }
    this.options.now = this.models.usable(this.options.now);
  }

  /** All that is chosen for the picture in sight. */
  get chosen(): RestoreOptions {
    return allOptions(this.options.now, this.pictures.options);
  }

  /** Takes all that a preset says, for every picture that is open or will be. */
  usePreset({ name, options }: Preset): void {
    const undo = this.#restorer();
    const { sigma, strength, parts, ...shared } = options;
    this.pictures.setOptions({ ...(sigma !== undefined && { sigma }), strength, parts });
    this.options.now = this.models.usable(shared);
    this.history.record({ what: `preset ${name}`, undo, redo: this.#restorer() });
    this.selected?.ensurePreview();
  }

  undo(): void {
    this.#follow(this.history.undo());
  }

  redo(): void {
    this.#follow(this.history.redo());
  }

  /** Shows what a change that was taken back, or made again, has changed. */
  #follow(change: Change | undefined): void {
    if (!change) return;
    this.options.now = this.models.usable(this.options.now);
    if (change.picture !== undefined) this.select(change.picture);
    this.selected?.settlePreview();
  }

  /** @returns what sets every option as it is now */
  #restorer(): () => void {
    const { now } = this.options;
    const restorePictures = this.pictures.restorer();
    return () => {
      this.options.now = now;
      restorePictures();
    };
  }

  /** Opens files one portion after the other, and shows the first. */
  openFiles(files: readonly File[]): Promise<void> {
    return this.opener.add(files);
  }

  /** Opens files by their paths. */
  openPaths(paths: readonly string[]): Promise<void> {
    return this.opener.add(paths);
  }

  /** Opens what was handed to Relume outside its window. */
  async openArrived(): Promise<void> {
    try {
      const { paths } = await this.client.call('app.arrived', {});
      await this.openPaths(paths);
    } catch (error) {
      this.report(error);
    }
  }

  async openSample(): Promise<void> {
    this.#sampling = true;
    await this.#started;
    try {
      const { pictures, refused } = await this.client.call('pictures.sample', {});
      this.take(pictures, pictures[0]);
      this.notices.refuse(refused);
    } catch (error) {
      this.report(error);
    } finally {
      this.#sampling = false;
    }
  }

  /** Measures the selected picture against a file. */
  async openReference(file: File): Promise<void> {
    const open = this.selected;
    try {
      const [path] = await this.client.pathsOf([file]);
      if (open && path !== undefined) open.reference = new Reference(path, this.client);
    } catch (error) {
      this.report(error);
    }
  }

  /** Takes pictures that were opened, and shows one of them. */
  take(pictures: readonly Picture[], shown: Picture | undefined): void {
    const taken = this.pictures.take(pictures);
    const looked = shown && taken[pictures.indexOf(shown)];
    if (looked) this.select(looked.picture.id);
  }

  refuse(refused: readonly Refused[]): void {
    this.notices.refuse(refused);
  }

  /** Saves copies of all open pictures, each with its own noise level and strength. */
  async saveAll(): Promise<void> {
    askToNotify();
    if (this.count > 1) this.queue.shown = true;
    await this.queue.fill(this.count, async () => {
      await this.opener.rest();
      const idle = this.pictures.all.filter(({ saveActive }) => !saveActive);
      return idle.map((open) => () => open.saveCopy(this.options.save));
    });
  }

  async reveal(path: string): Promise<void> {
    try {
      await this.client.reveal(path);
    } catch (error) {
      this.report(error);
    }
  }

  report(error: unknown): void {
    this.notices.add(texts.didNotWork, [messageOf(error)]);
  }

  /** Learns the shell and the models, which nothing can do without, and then the devices. */
  async #learn(): Promise<void> {
    try {
      const [info] = await Promise.all([
        this.client.call('app.info', {}),
        this.models.learn(),
        this.jobs.start(),
        this.presets.learn(),
      ]);
      this.#shell = info.shell;
      // A batch that an earlier run had left goes on.
      if (this.queue.left > 0) this.queue.shown = true;
      this.options.now = this.models.usable(this.options.now);
      this.devices.learn().catch((error: unknown) => this.report(error));
    } catch (error) {
      this.notices.add(texts.cannotStart, [messageOf(error)]);
    }
  }
}
