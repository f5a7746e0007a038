import type { Device, RelumeClient, RequestInput, Settings } from '../../preload/contract.ts';
import type { KnownDevices } from '../restore/known-devices.svelte.ts';
import { messageOf } from '../restore/message-of.ts';

/** The Settings page: what the person changes, on what the window knows of settings and devices. */
export class SettingsSession {
  readonly client: RelumeClient;
  readonly #known: KnownDevices;
  readonly #report: (message: string) => void;
  #measuring = $state(false);
  #installing = $state(false);
  #installed = $state<string>();

  /** @param report told what did not work */
  constructor(client: RelumeClient, known: KnownDevices, report: (message: string) => void) {
    this.client = client;
    this.#known = known;
    this.#report = report;
    if (known.all.length === 0) void this.#try(() => known.learn());
  }

  /** Undefined until they are known. */
  get settings(): Settings | undefined {
    return this.#known.settings;
  }

  /** None until they are known. */
  get devices(): readonly Device[] {
    return this.#known.all;
  }

  get measuring(): boolean {
    return this.#measuring;
  }

  /** Whether TensorFlow is being installed, or taken away. */
  get installing(): boolean {
    return this.#installing;
  }

  /** What came of that. */
  get installed(): string | undefined {
    return this.#installed;
  }

  async change(change: RequestInput<'settings.set'>): Promise<void> {
    await this.#try(() => this.client.call('settings.set', change));
  }

  async measure(): Promise<void> {
    this.#measuring = true;
    await this.#try(() => this.client.call('devices.measure', {}));
    this.#measuring = false;
  }

  async setUpTensorFlow(wanted: boolean): Promise<void> {
    this.#installing = true;
    this.#installed = undefined;
    try {
      this.#installed = (await this.client.call('engines.tensorflow', { wanted })).message;
    } catch (error) {
      this.#installed = messageOf(error);
    }
    this.#installing = false;
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#report(messageOf(error));
    }
  }
}
