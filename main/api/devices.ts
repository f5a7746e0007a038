/** The devices as the window knows them: listed at once, measured behind it where that is needed. */
import type { Device } from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import type { Answers, ApiContext } from './context.ts';

type Listener = (devices: Device[]) => void;

export class DeviceList {
  readonly #compute: ComputeHost;
  readonly #listeners = new Set<Listener>();

  constructor(compute: ComputeHost) {
    this.#compute = compute;
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Answers with what is known; where devices have to be measured first, that is told when it is done. */
  list(): Promise<Device[]> {
    return new Promise((resolve, reject) => {
      let isAnswered = false;
      const answer = (devices: Device[]) => {
        isAnswered = true;
        resolve(devices);
      };
      this.#compute.call('devices', { measure: 'needed' }, { onProgress: answer }).then((devices) => {
        if (isAnswered) this.#tell(devices);
        else resolve(devices);
      }, reject);
    });
  }

  async measure(): Promise<Device[]> {
    const devices = await this.#compute.call('devices', { measure: 'again' });
    this.#tell(devices);
    return devices;
  }

  #tell(devices: Device[]): void {
    for (const listener of this.#listeners) listener(devices);
  }
}

export const deviceAnswers = ({ devices }: ApiContext): Answers<'devices.list' | 'devices.measure'> => ({
  'devices.list': () => devices.list(),
  'devices.measure': () => devices.measure(),
});
