import type { ImportOptions, ListedModel, Refused } from '../../preload/contract.ts';
import { messageOf } from '../restore/message-of.ts';
import type { Session } from '../restore/session.svelte.ts';
import { texts } from '../texts.ts';

/** The Models page: what there is, and what is being brought in. */
export class ModelsSession {
  readonly #restore: Session;
  #models = $state.raw<readonly ListedModel[]>([]);
  #refused = $state.raw<readonly Refused[]>([]);
  #offered = $state.raw<readonly File[]>([]);
  #importing = $state(false);
  #problem = $state<string>();
  #newest = $state<string>();
  #exporting = $state<string>();

  /** The file that is to be brought in, and what was found out is wrong with it. */
  readonly offered: File | undefined = $derived.by(() => this.#offered[0]);

  constructor(restore: Session) {
    this.#restore = restore;
  }

  /** Where models are used, and what they run on. */
  get restore(): Session {
    return this.#restore;
  }

  get models(): readonly ListedModel[] {
    return this.#models;
  }

  /** Model folders that could not be read. */
  get refused(): readonly Refused[] {
    return this.#refused;
  }

  get importing(): boolean {
    return this.#importing;
  }

  /** Why the last import was refused. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Id of the model that was brought in last. */
  get newest(): string | undefined {
    return this.#newest;
  }

  /** Id of the model that is being written into a file. */
  get exporting(): string | undefined {
    return this.#exporting;
  }

  /** Learns what there is now. */
  async learn(): Promise<void> {
    await this.#try(async () => {
      const { models, refused } = await this.#restore.client.call('models.shelf', {});
      this.#models = models;
      this.#refused = refused;
    });
  }

  /** Takes files to be brought in, one after the other. */
  offer(files: readonly File[]): void {
    this.#problem = undefined;
    this.#offered = [...this.#offered, ...files];
  }

  /** Brings in the offered file. */
  async import(options: ImportOptions): Promise<void> {
    const file = this.offered;
    if (!file) return;
    this.#importing = true;
    this.#problem = undefined;
    try {
      const [path = ''] = await this.#restore.client.pathsOf([file]);
      const { id } = await this.#restore.client.call('models.import', { ...options, path });
      this.#newest = id;
      this.#offered = this.#offered.slice(1);
      await this.#changed();
    } catch (error) {
      this.#problem = messageOf(error);
    } finally {
      this.#importing = false;
    }
  }

  /** Leaves the offered file where it is. */
  skip(): void {
    this.#problem = undefined;
    this.#offered = this.#offered.slice(1);
  }

  /** Writes a model with its card into one file, and brings that to the person. */
  async export(model: string): Promise<void> {
    this.#exporting = model;
    await this.#try(async () => {
      const { path } = await this.#restore.client.call('models.export', { model });
      await this.#restore.client.reveal(path);
    });
    this.#exporting = undefined;
  }

  async remove(model: string): Promise<void> {
    await this.#try(() => this.#restore.client.call('models.remove', { model }));
    await this.#changed();
  }

  async #changed(): Promise<void> {
    await Promise.all([this.learn(), this.#restore.learnModels()]);
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#restore.notices.add(texts.didNotWork, [messageOf(error)]);
    }
  }
}
