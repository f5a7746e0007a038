import type { Device, RelumeClient, Settings } from '../../preload/contract.ts';

/** What there is to restore on. */
export class KnownDevices {
  readonly #client: RelumeClient;
  #all = $state.raw<readonly Device[]>([]);
  #settings = $state.raw<Settings>();
  #learning: Promise<void> | undefined;

  constructor(client: RelumeClient) {
    this.#client = client;
    client.on('devices', (devices) => {
      this.#all = devices;
    });
    client.on('settings', (settings) => {
      this.#settings = settings;
    });
  }

  /** In the order of the list; none until they are known. */
  get all(): readonly Device[] {
    return this.#all;
  }

  /** Undefined until they are known. */
  get settings(): Settings | undefined {
    return this.#settings;
  }

  /** Takes its time, because every device is tried; whoever asks meanwhile waits for the same. */
  learn(): Promise<void> {
    this.#learning ??= this.#ask().finally(() => {
      this.#learning = undefined;
    });
    return this.#learning;
  }

  async #ask(): Promise<void> {
    this.#settings = await this.#client.call('settings.get', {});
    this.#all = await this.#client.call('devices.list', {});
  }

  /** What a model runs on, as far as that is known. */
  for(model: string): Device | undefined {
    const { device: pinned } = this.#settings ?? { device: 'auto' };
    return this.#all.find(({ id, fastestFor }) =>
      pinned === 'auto' ? fastestFor.includes(model) : id === pinned,
    );
  }

  /** What a model runs on, by name, or else what will be tried. */
  nameFor(model: string): string | undefined {
    return (this.for(model) ?? this.#all[0])?.name;
  }
}
