import {
  type Device,
  defaultModel,
  type ModelCard,
  type Picture,
  type Preset,
  type Refused,
  type RelumeClient,
  type RestoreOptions,
  type Settings,
} from '../../preload/contract.ts';
import { askToNotify, JobQueue } from '../queue/job-queue.svelte.ts';
import { texts } from '../texts.ts';
import { JobBoard } from './job-board.svelte.ts';
import { messageOf } from './message-of.ts';
import { Notices } from './notices.svelte.ts';
import { OpenPicture, type Workbench } from './open-picture.svelte.ts';
import { Opener } from './opener.svelte.ts';
import type { Change } from './option-changes.ts';
import { OptionHistory } from './option-history.svelte.ts';
import { allOptions, type PictureOptions, pictureDefaults } from './picture-options.ts';
import { Presets } from './presets.svelte.ts';
import { type Shared, SharedOptions } from './shared-options.svelte.ts';
import { Comparison } from './viewer/comparison.svelte.ts';
import { Reference } from './viewer/reference.svelte.ts';
import { Viewport } from './viewer/viewport.svelte.ts';

/** The Restore workspace: open pictures, the one looked at, and what is chosen for all of them. */
export class Session implements Workbench {
  readonly client: RelumeClient;
  readonly notices = new Notices();
  readonly jobs: JobBoard;
  /** What part of the picture is seen; kept from one picture to the next only in how it is compared. */
  readonly viewport = new Viewport();
  readonly comparison: Comparison;
  readonly queue: JobQueue;
  readonly history = new OptionHistory();
  readonly options = new SharedOptions(this.history, () => this.selected?.ensurePreview());
  readonly presets = new Presets(this);
  readonly opener = new Opener(this);
  #started: Promise<void>;
  #pictures = $state.raw<readonly OpenPicture[]>([]);
  #sampling = $state(false);
  readonly #byPath = new Map<string, OpenPicture>();
  #selectedId = $state<string>();
  #shell = $state<'electron' | 'web'>('web');
  #devices = $state.raw<readonly Device[]>([]);
  #models = $state.raw<readonly ModelCard[]>([]);
  /** What pictures begin with. */
  #beginning = $state.raw<PictureOptions>(pictureDefaults);
  #settings = $state.raw<Settings>();

  readonly selected = $derived.by(() => this.#pictures.find((open) => open.picture.id === this.#selectedId));
  readonly opening = $derived.by(() => this.#sampling || this.opener.waiting.length > 0);
  readonly denoisers = $derived.by(() => this.#models.filter(({ task }) => task === 'denoise'));
  readonly upscalers = $derived.by(() =>
    this.#models.filter(({ task }) => task === 'upscale').sort((a, b) => a.scale - b.scale),
  );
  /** Removers of JPEG artefacts. */
  readonly cleaners = $derived.by(() => this.#models.filter(({ task }) => task === 'artefacts'));

  constructor(client: RelumeClient) {
    this.client = client;
    this.jobs = new JobBoard(client);
    this.comparison = new Comparison(this);
    this.queue = new JobQueue(this);
    client.on('devices', (devices) => {
      this.#devices = devices;
    });
    client.on('settings', (settings) => {
      this.#settings = settings;
    });
    client.on('arrived', () => void this.openArrived());
    this.#started = this.#learn();
    void this.openArrived();
  }

  get pictures(): readonly OpenPicture[] {
    return this.#pictures;
  }

  get shell(): 'electron' | 'web' {
    return this.#shell;
  }

  get models(): readonly ModelCard[] {
    return this.#models;
  }

  /** Takes a model, for what it is made for; it may have come since the window opened. */
  async useModel(id: string): Promise<void> {
    await this.learnModels();
    const task = this.#models.find((card) => card.id === id)?.task;
    if (task === 'denoise') this.options.model = id;
    if (task === 'artefacts') this.options.cleaner = id;
    if (task === 'upscale') this.options.upscaler = id;
  }

  /** Learns which models there are; one that is gone is not wished for any more. */
  async learnModels(): Promise<void> {
    try {
      this.#models = await this.client.call('models.list', {});
    } catch (error) {
      this.report(error);
      return;
    }
    this.options.now = this.#usable(this.options.now);
  }

  /** The options without models that are gone. */
  #usable(options: Shared): Shared {
    const known = (id: string | undefined) => (this.#models.some((card) => card.id === id) ? id : undefined);
    const { model, cleaner, upscaler } = options;
    return {
      ...options,
      model: known(model) ?? this.#usualModel(),
      cleaner: known(cleaner),
      upscaler: known(upscaler),
    };
  }

  #usualModel(): string {
    return (this.denoisers.find(({ id }) => id === defaultModel) ?? this.denoisers[0])?.id ?? '';
  }

  /** What restoring runs on, by name. */
  get deviceName(): string | undefined {
    return (this.deviceFor(this.options.model) ?? this.#devices[0])?.name;
  }

  /** What a model runs on, as far as that is known. */
  deviceFor(model: string): Device | undefined {
    const { device: pinned } = this.#settings ?? { device: 'auto' };
    return this.#devices.find(({ id, fastestFor }) =>
      pinned === 'auto' ? fastestFor.includes(model) : id === pinned,
    );
  }

  /** All that is chosen for the picture in sight. */
  get chosen(): RestoreOptions {
    return allOptions(this.options.now, this.selected?.options ?? this.#beginning);
  }

  /** Takes all that a preset says, for every picture that is open or will be. */
  usePreset({ name, options }: Preset): void {
    const undo = this.#restorer();
    const { sigma, strength, parts, ...shared } = options;
    this.#beginning = { ...(sigma !== undefined && { sigma }), strength, parts };
    for (const open of this.#pictures) open.options = this.#beginning;
    this.options.now = this.#usable(shared);
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
    this.options.now = this.#usable(this.options.now);
    if (change.picture !== undefined) this.select(change.picture);
    this.selected?.settlePreview();
  }

  /** Sets every option as it is now. */
  #restorer(): () => void {
    const { now } = this.options;
    const beginning = this.#beginning;
    const pictures = this.#pictures.map((open) => ({ open, options: open.options }));
    return () => {
      this.options.now = now;
      this.#beginning = beginning;
      for (const { open, options } of pictures) open.options = options;
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

  select(id: string): void {
    this.opener.stay();
    if (id === this.#selectedId) return;
    this.selected?.giveWay();
    this.#selectedId = id;
    this.selected?.ensurePreview();
  }

  /** Selects the picture `step` places further in the strip. */
  selectBy(step: number): void {
    const index = this.#pictures.findIndex((open) => open.picture.id === this.#selectedId);
    const next = this.#pictures[Math.min(this.#pictures.length - 1, Math.max(0, index + step))];
    if (next) this.select(next.picture.id);
  }

  async close(id: string): Promise<void> {
    const index = this.#pictures.findIndex((open) => open.picture.id === id);
    const closing = this.#pictures[index];
    if (!closing) return;
    closing.giveWay();
    this.history.forget(id);
    this.#byPath.delete(closing.picture.path);
    this.#pictures = this.#pictures.filter((open) => open !== closing);
    const neighbour = this.#pictures[Math.min(index, this.#pictures.length - 1)];
    if (id === this.#selectedId && neighbour) this.select(neighbour.picture.id);
    await this.#release(id);
  }

  /** Saves copies of all open pictures, each with its own noise level and strength. */
  async saveAll(): Promise<void> {
    askToNotify();
    if (this.#pictures.length > 1) this.queue.shown = true;
    await this.opener.rest();
    for (const open of this.#pictures) if (!open.saveActive) await open.saveCopy(this.options.save);
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
      const [info, models] = await Promise.all([
        this.client.call('app.info', {}),
        this.client.call('models.list', {}),
        this.jobs.start(),
        this.presets.learn(),
      ]);
      this.#shell = info.shell;
      this.#models = models;
      this.options.now = this.#usable(this.options.now);
      void this.#learnDevices();
    } catch (error) {
      this.notices.add(texts.cannotStart, [messageOf(error)]);
    }
  }

  /** Takes its time, because every device is tried. */
  async #learnDevices(): Promise<void> {
    try {
      this.#settings = await this.client.call('settings.get', {});
      this.#devices = await this.client.call('devices.list', {});
    } catch (error) {
      this.report(error);
    }
  }

  async #release(picture: string): Promise<void> {
    await this.client.call('pictures.close', { picture }).catch((error) => this.report(error));
  }

  /** Resolves when the models are known, without which nothing is shown. */
  get started(): Promise<void> {
    return this.#started;
  }

  /** Takes pictures that were opened; one that is open already stays as it is. */
  take(pictures: readonly Picture[], shown: Picture | undefined): void {
    const taken = pictures.map((picture) => this.#adopt(picture));
    const fresh = taken.filter((open) => !this.#pictures.includes(open));
    this.#pictures = [...this.#pictures, ...fresh];
    const looked = shown && taken[pictures.indexOf(shown)];
    if (looked) this.select(looked.picture.id);
  }

  refuse(refused: readonly Refused[]): void {
    this.notices.refuse(refused);
  }

  /** The open picture of a file: the one that is open already, where the same file is opened again. */
  #adopt(picture: Picture): OpenPicture {
    const present = this.#byPath.get(picture.path);
    if (present) {
      void this.#release(picture.id);
      return present;
    }
    const fresh = new OpenPicture(picture, this, this.#beginning);
    this.#byPath.set(picture.path, fresh);
    return fresh;
  }
}
