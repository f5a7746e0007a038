/** The networks that were used last, ready to be used again. */
import { stat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import type { Device } from '../../preload/contract.ts';
import { loadNetwork } from '../engine/load-network.ts';
import type { Network } from '../engine/network.ts';
import { type FoundModel, findModel, verifyModel } from '../library/models.ts';

/** Enough for a chain of a denoiser and an upscaler. */
const mostKept = 2;

export class Networks {
  readonly #kept = new LRUCache<string, Network>({
    max: mostKept,
    // Jobs run one after the other, so that none is in use when another is loaded.
    dispose: (network) => void network.dispose(),
  });

  /**
   * What stands for a model's file as it is now: it changes when the model is replaced.
   *
   * @throws {RelumeError} 'no-such-model'
   */
  async fingerprint(idOrPath: string): Promise<string> {
    return fingerprintOf(await findModel(idOrPath));
  }

  /**
   * The network of a model on a device, loaded when it is not one of those that were used last.
   *
   * @throws {RelumeError} 'no-such-model', 'model-damaged'
   * @throws {ModelError} when the file is not a model that can be used
   */
  async load(idOrPath: string, device: Device['id']): Promise<Network> {
    const model = await findModel(idOrPath);
    const key = `${device} ${await fingerprintOf(model)}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    await verifyModel(model);
    const network = await loadNetwork(model.path, device, model.card?.convention);
    this.#kept.set(key, network);
    return network;
  }
}

async function fingerprintOf({ path }: FoundModel): Promise<string> {
  const file = await stat(path).catch(() => undefined);
  return JSON.stringify([path, file?.mtimeMs, file?.size]);
}
