import type { Generator, ModelCard, RelumeClient } from '../../preload/contract.ts';
import { messageOf } from '../restore/message-of.ts';
import { GeneratorTraining } from './train/generator-training.svelte.ts';
import type { ViewId } from './views.ts';

/** Where it is remembered whether explanations were closed. */
const explainKey = 'relume.generate.explain';

type FileTaker = (paths: string[]) => Promise<void>;

/** The Generate workspace: which model is looked at, and through which view. */
export class GenerateSession {
  readonly client: RelumeClient;
  readonly #report: (message: string) => void;
  readonly #takers = new Map<ViewId, FileTaker>();
  #training: GeneratorTraining | undefined;
  #models = $state.raw<readonly Generator[]>();
  #chosen = $state<string>();
  #view = $state<ViewId>('sample');
  #upscalers = $state.raw<readonly ModelCard[]>([]);
  #shell = $state<'electron' | 'web'>('web');
  #explaining = $state(localStorage.getItem(explainKey) !== 'no');

  readonly model = $derived.by(
    () => this.#models?.find(({ id }) => id === this.#chosen) ?? this.#models?.[0],
  );

  /** @param report told what did not work */
  constructor(client: RelumeClient, report: (message: string) => void) {
    this.client = client;
    this.#report = report;
    void this.refresh();
    void this.#learn();
  }

  /** Undefined until they are known. */
  get models(): readonly Generator[] | undefined {
    return this.#models;
  }

  get view(): ViewId {
    return this.#view;
  }

  /** Models of Restore that enlarge pictures. */
  get upscalers(): readonly ModelCard[] {
    return this.#upscalers;
  }

  get shell(): 'electron' | 'web' {
    return this.#shell;
  }

  /** Whether each view says what it is. */
  get explaining(): boolean {
    return this.#explaining;
  }

  explain(explaining: boolean): void {
    this.#explaining = explaining;
    localStorage.setItem(explainKey, explaining ? 'yes' : 'no');
  }

  show(view: ViewId): void {
    this.#view = view;
  }

  choose(model: string): void {
    this.#chosen = model;
  }

  /** What is trained, or chosen to be: kept while other views are in sight. */
  training(): GeneratorTraining {
    this.#training ??= new GeneratorTraining(this.client, (work) => this.try(work));
    return this.#training;
  }

  /** Whether a model of this id is among those that can be chosen; not until they are known. */
  knows(id: string): boolean {
    return this.#models?.some((model) => model.id === id) ?? true;
  }

  /** Draws samples with a model, which may have just come about. */
  async drawWith(model: string): Promise<void> {
    await this.refresh();
    this.choose(model);
    this.show('sample');
  }

  /** Looks again which models there are. */
  async refresh(): Promise<void> {
    await this.try(async () => {
      this.#models = await this.client.call('generators.list', {});
    });
  }

  /** Says what a view does with files that are dropped while it is in sight; returns the function that ends it. */
  takeFiles(view: ViewId, taker: FileTaker): () => void {
    this.#takers.set(view, taker);
    return () => {
      if (this.#takers.get(view) === taker) this.#takers.delete(view);
    };
  }

  /** Hands dropped files to the view in sight. */
  async openFiles(files: readonly File[]): Promise<void> {
    const taker = this.#takers.get(this.#view);
    if (files.length > 0 && taker) await this.try(async () => taker(await this.client.pathsOf(files)));
  }

  async #learn(): Promise<void> {
    await this.try(async () => {
      this.#shell = (await this.client.call('app.info', {})).shell;
      this.#upscalers = (await this.client.call('models.list', {})).filter(({ task }) => task === 'upscale');
    });
  }

  complain(message: string): void {
    this.#report(message);
  }

  /** Does work, and reports what did not work. */
  async try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#report(messageOf(error));
    }
  }
}
