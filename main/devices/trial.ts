/** How the devices of this machine are tried. */
import { cpus, release } from 'node:os';
import type { Device } from '../../preload/contract.ts';
import { isCudaInstalled } from '../engine/cuda.ts';
import {
  type Provider,
  precisionOf,
  providerName,
  providersOf,
  type StartedDevice,
} from '../engine/devices.ts';
import { runtimeVersion } from '../engine/session-options.ts';
import { cudaNotInstalled } from '../engine/start-failure.ts';
import { notInstalled } from '../engine/tensorflow/availability.ts';
import { findPackage } from '../engine/tensorflow/package.ts';
import { readModels } from '../library/models.ts';
import { appRoot, bundledModels, deviceProbe, tensorFlowFolder } from '../library/paths.ts';
import { appVersion } from '../library/version.ts';
import type { Trial } from './devices.ts';
import { measureInProcess, startInProcess } from './probing.ts';

export const machineTrial: Trial = {
  key: async () => {
    const { models } = await readModels([bundledModels]);
    const processor = cpus().map(({ model }) => model);
    const system = [process.platform, process.arch, release()];
    const versions = [await appVersion(), runtimeVersion];
    return JSON.stringify([versions, system, processor, models.map(({ card }) => card.sha256)]);
  },
  start: () =>
    Promise.all([cpu(), ...providersOf(process.platform, process.arch).map(provider), tensorFlow()]),
  measure: async (id) => {
    const { models } = await readModels([bundledModels]);
    return measureInProcess(id, models, deviceProbe);
  },
};

const cpu = async (): Promise<StartedDevice> => ({ ...facts('cpu', providerName('cpu')), available: true });

async function provider(id: Provider): Promise<StartedDevice> {
  if (id === 'cuda' && !isCudaInstalled()) return absent(id, providerName(id), cudaNotInstalled);
  return startInProcess(id, deviceProbe);
}

async function tensorFlow(): Promise<StartedDevice> {
  if (findPackage([appRoot, tensorFlowFolder()])) return startInProcess('tensorflow', deviceProbe);
  return absent('tensorflow', 'TensorFlow', notInstalled().message);
}

const facts = (id: Device['id'], name: string) => ({ id, name, precision: precisionOf[id] });

const absent = (id: Device['id'], name: string, reason: string): StartedDevice => ({
  ...facts(id, name),
  available: false,
  reason,
});
