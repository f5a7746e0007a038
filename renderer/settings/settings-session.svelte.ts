import type { Device, RelumeClient, RequestInput, Settings } from '../../preload/contract.ts';
import { messageOf } from '../restore/message-of.ts';

/** The Settings page: what the person has set, and what is known of the devices. */
export class SettingsSession {
  readonly client: RelumeClient;
  readonly #report: (message: string) => void;
  #settings = $state.raw<Settings>();
  #devices = $state.raw<readonly Device[]>([]);
  #measuring = $state(false);
  #installing = $state(false);
  #installed = $state<string>();

  /** @param report told what did not work */
  constructor(client: RelumeClient, report: (message: string) => void) {
    this.client = client;
    this.#report = report;
    client.on('settings', (settings) => {
      this.#settings = settings;
    });
    client.on('devices', (devices) => {
      this.#devices = devices;
    });
    void this.#try(async () => {
      this.#settings = await client.call('settings.get', {});
      this.#devices = await client.call('devices.list', {});
    });
  }

  /** Undefined until they are known. */
  get settings(): Settings | undefined {
    return this.#settings;
  }

  get devices(): readonly Device[] {
    return this.#devices;
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
    await this.#try(async () => {
      this.#settings = await this.client.call('settings.set', change);
    });
  }

  async measure(): Promise<void> {
    this.#measuring = true;
    await this.#try(async () => {
      this.#devices = await this.client.call('devices.measure', {});
    });
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
