import type { Device, RelumeClient, Settings } from '../../preload/contract.ts';

/** What there is to restore on. */
export class KnownDevices {
  readonly #client: RelumeClient;
  #all = $state.raw<readonly Device[]>([]);
  #settings = $state.raw<Settings>();

  constructor(client: RelumeClient) {
    this.#client = client;
    client.on('devices', (devices) => {
      this.#all = devices;
    });
    client.on('settings', (settings) => {
      this.#settings = settings;
    });
  }

  /** Takes its time, because every device is tried. */
  async learn(): Promise<void> {
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
