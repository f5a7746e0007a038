/** The devices of this machine: started once, measured where there is a choice, and chosen by what was measured. */
import type { Device, DeviceId, DeviceSpeed } from '../../preload/contract.ts';
import { nameDevice, type StartedDevice } from '../engine/devices.ts';
import { useThreads } from '../engine/session-options.ts';
import {
  type DeviceRecord,
  type KnownDevice,
  readDeviceRecord,
  recordFailure,
  recordTileSide,
  writeDeviceRecord,
} from '../library/device-file.ts';
import { readSettings } from '../library/settings.ts';
import { chosenDevice, type DeviceTask, fastestDevice } from './choose-device.ts';
import { giveWay } from './give-way.ts';
import { processorThreads } from './processor-threads.ts';
import { tasksOf, verdictOn } from './verdict.ts';

/** How devices are tried. */
export interface Trial {
  /** What the record depends on besides the devices themselves. */
  key(): Promise<string>;
  /** Every device that there can be here, with its reason where it does not work. */
  start(): Promise<StartedDevice[]>;
  /** @throws ProbeFailed */
  measure(id: Device['id']): Promise<DeviceSpeed>;
}

/** 'needed' measures where there is a choice that nobody has made and that was not measured; 'again' measures all. */
export type Measuring = 'no' | 'needed' | 'again';

export class Devices {
  readonly #trial: Trial;
  #started: Promise<StartedDevice[]> | undefined;
  #measuring: Promise<DeviceRecord> | undefined;

  constructor(trial: Trial) {
    this.#trial = trial;
  }

  /**
   * Every device with what is known of it.
   *
   * @param onListed told of them before they are measured, where that is needed
   */
  async list(measuring: Measuring, onListed?: (devices: Device[]) => void): Promise<Device[]> {
    if (measuring === 'again') this.#started = undefined;
    const record = await this.#known();
    const { device: pinned } = await readSettings();
    const isNeeded =
      measuring === 'again' || (measuring === 'needed' && pinned === 'auto' && needsMeasuring(record));
    if (!isNeeded) return judged(record);
    onListed?.(judged(record));
    return judged(await this.#measure(measuring));
  }

  /** The device for a task: the one that is asked for, else the person's choice, else the fastest. */
  async choose(asked: DeviceId, task: DeviceTask): Promise<Device['id']> {
    const { device: pinned, threads, stayResponsive } = await readSettings();
    useThreads(threads || (await processorThreads()));
    if (task.kind === 'training' && stayResponsive) giveWay();
    if (asked === 'auto' && pinned === 'auto') await this.#makeSure();
    const record = await readDeviceRecord();
    const id = chosenDevice(asked, pinned, record, task);
    const known = record?.devices.find((device) => device.id === id);
    if (known && id !== 'tensorflow') nameDevice(id, known.name);
    return id;
  }

  /** Why a device that was chosen cannot be used; undefined where it can. Only what is not known to work is tried. */
  async whyNot(id: Device['id']): Promise<string | undefined> {
    if (id === 'cpu' || (await readDeviceRecord())?.devices.find((each) => each.id === id)?.available)
      return undefined;
    const { devices } = await this.#known();
    const found = devices.find((each) => each.id === id);
    if (!found) return 'There is none on this system.';
    return found.available ? undefined : (found.reason ?? 'It does not work.');
  }

  /** Remembers that a device failed while it worked. */
  failed(id: Device['id'], reason: string): Promise<void> {
    return recordFailure(id, reason);
  }

  /** Side of the largest tiles for which a model's memory is known to last on a device; undefined where any will do. */
  async tileSide(id: Device['id'], model: string): Promise<number | undefined> {
    const record = await readDeviceRecord();
    return record?.tiles.find((each) => each.device === id && each.model === model)?.side;
  }

  /** Remembers that memory ran out with larger tiles than these. */
  rememberTileSide(id: Device['id'], model: string, side: number): Promise<void> {
    return recordTileSide(id, model, side);
  }

  /** Everything that is needed for a choice is on record. */
  async #makeSure(): Promise<void> {
    const record = await readDeviceRecord();
    if (!record || record.key !== (await this.#trial.key()) || needsMeasuring(record))
      await this.list('needed');
  }

  /** What is on record, or begun anew where versions or devices have changed. */
  async #known(): Promise<DeviceRecord> {
    this.#started ??= this.#trial.start();
    const [started, key, record] = await Promise.all([this.#started, this.#trial.key(), readDeviceRecord()]);
    if (record && record.key === key && isSame(record.devices, started)) return record;
    const fresh: DeviceRecord = { key, devices: started, failures: {}, tiles: [] };
    await writeDeviceRecord(fresh);
    return fresh;
  }

  #measure(measuring: Measuring): Promise<DeviceRecord> {
    this.#measuring ??= this.#measureAll(measuring).finally(() => {
      this.#measuring = undefined;
    });
    return this.#measuring;
  }

  /** One after the other, so that none slows another down. */
  async #measureAll(measuring: Measuring): Promise<DeviceRecord> {
    const known = await this.#known();
    // Somebody else may just have come to the end of it.
    if (measuring === 'needed' && !needsMeasuring(known)) return known;
    const { key, devices } = known;
    const measured: KnownDevice[] = [];
    const failures: DeviceRecord['failures'] = {};
    for (const { speed: _, ...device } of devices) {
      if (!device.available) measured.push(device);
      else {
        try {
          measured.push({ ...device, speed: await this.#trial.measure(device.id) });
        } catch (error) {
          measured.push(device);
          failures[device.id] = error instanceof Error ? error.message : String(error);
        }
      }
    }
    const record = { key, devices: measured, failures, tiles: [] };
    await writeDeviceRecord(record);
    return record;
  }
}

/** Whether there is a choice, and something in it was neither measured nor has failed. */
function needsMeasuring({ devices, failures }: DeviceRecord): boolean {
  const there = devices.filter(({ available }) => available);
  return there.length > 1 && there.some(({ id, speed }) => !speed && failures[id] === undefined);
}

const isSame = (known: readonly StartedDevice[], started: readonly StartedDevice[]) =>
  factsOf(known) === factsOf(started);

const factsOf = (devices: readonly StartedDevice[]) =>
  JSON.stringify(devices.map(({ id, name, available, reason }) => [id, name, available, reason]));

function judged({ devices, failures }: DeviceRecord): Device[] {
  return devices.map((device) => ({
    ...device,
    fastestFor: tasksOf(device)
      .filter(({ task }) => fastestDevice(devices, failures, task) === device.id)
      .map(({ name }) => name),
    verdict: verdictOn(device, devices, failures),
  }));
}
