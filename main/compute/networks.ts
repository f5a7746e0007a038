/** The network that was used last, ready to be used again. */
import { stat } from 'node:fs/promises';
import type { DeviceId } from '../../preload/contract.ts';
import { chooseDevice } from '../engine/devices.ts';
import { loadNetwork } from '../engine/load-network.ts';
import type { Network } from '../engine/network.ts';
import { RelumeError } from '../library/failure.ts';
import { type FoundModel, findModel, verifyModel } from '../library/models.ts';

/** One is kept: jobs run one after the other, and most use the same model. */
export class Networks {
  #key: string | undefined;
  #network: Network | undefined;

  /**
   * What stands for a model's file as it is now: it changes when the model is replaced.
   *
   * @throws {RelumeError} 'no-such-model'
   */
  async fingerprint(idOrPath: string): Promise<string> {
    return fingerprintOf(await findModel(idOrPath));
  }

  /**
   * The network of a model on a device, loaded when it is not the one that was used last.
   *
   * @throws {RelumeError} 'no-such-model', 'model-damaged'
   * @throws {ModelError} when the file is not a model that can be used
   */
  async load(idOrPath: string, device: DeviceId): Promise<Network> {
    const model = await findModel(idOrPath);
    const key = `${chooseDevice(device)} ${await fingerprintOf(model)}`;
    if (this.#network && key === this.#key) return this.#network;
    await verifyModel(model);
    await this.drop();
    this.#network = await loadNetwork(model.path, device);
    this.#key = key;
    return this.#network;
  }

  async drop(): Promise<void> {
    const network = this.#network;
    this.#network = undefined;
    await network?.dispose();
  }
}

async function fingerprintOf({ path }: FoundModel): Promise<string> {
  const file = await stat(path).catch(() => undefined);
  return JSON.stringify([path, file?.mtimeMs, file?.size]);
}

/**
 * Runs work on a device, and tells apart what is the device's fault: when it is not the CPU, anything that
 * goes wrong with the network there is worth another attempt on the CPU.
 *
 * @throws {RelumeError} 'device-failed'
 */
export async function onDevice<T>(device: DeviceId, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const cancelled = error instanceof Error && error.name === 'AbortError';
    if (cancelled || error instanceof RelumeError || chooseDevice(device) === 'cpu') throw error;
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new RelumeError({ code: 'device-failed', message: `The device "${device}" failed: ${reason}` });
  }
}
