/** What was found out about this machine's devices, kept in `devices.json`. */
import { z } from 'zod';
import { type Device, deviceIds, deviceSchema } from '../../preload/contract.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { devicesFile } from './paths.ts';

const deviceRecordSchema = z.object({
  /** Versions, processor and models; when it changes, everything is found out anew. */
  key: z.string(),
  devices: z.array(deviceSchema.omit({ fastestFor: true, verdict: true })),
  /** Why a device failed; it is not used again until it has been measured anew, or the failure has lapsed. */
  failures: z.partialRecord(z.enum(deviceIds), z.string()),
  /** When it failed while it worked, milliseconds since 1970; absent where it failed at being measured. */
  failedAt: z.partialRecord(z.enum(deviceIds), z.number()).optional(),
  /** Sides of the tiles with which a model did not run out of memory, where larger ones did; pixels. */
  tiles: z.array(z.object({ device: z.enum(deviceIds), model: z.string(), side: z.number() })).default([]),
});

/** After a week a driver may have been mended, or what disturbed it may be gone: it gets another chance. */
const lapseMs = 7 * 24 * 3_600_000;

export type DeviceRecord = z.infer<typeof deviceRecordSchema>;
export type KnownDevice = DeviceRecord['devices'][number];

/** What is on record, without failures that have lapsed. */
export async function readDeviceRecord(): Promise<DeviceRecord | undefined> {
  const record = await readJsonFile(devicesFile(), deviceRecordSchema);
  if (!record) return undefined;
  const holds = (id: Device['id']) =>
    Date.now() - (record.failedAt?.[id] ?? Number.POSITIVE_INFINITY) <= lapseMs;
  const failures: DeviceRecord['failures'] = {};
  for (const id of deviceIds) {
    const reason = record.failures[id];
    if (reason !== undefined && holds(id)) failures[id] = reason;
  }
  return { ...record, failures };
}

export const writeDeviceRecord = (record: DeviceRecord): Promise<void> =>
  writeJsonFile(devicesFile(), record);

/** Keeps a device from being chosen until it has been measured anew. */
export async function recordFailure(id: Device['id'], reason: string): Promise<void> {
  const known = await recordOrNew();
  await writeDeviceRecord({
    ...known,
    failures: { ...known.failures, [id]: reason },
    failedAt: { ...known.failedAt, [id]: Date.now() },
  });
}

/** Keeps the tiles of a model on a device from being larger until devices have been measured anew. */
export async function recordTileSide(device: Device['id'], model: string, side: number): Promise<void> {
  const known = await recordOrNew();
  const others = known.tiles.filter((each) => each.device !== device || each.model !== model);
  await writeDeviceRecord({ ...known, tiles: [...others, { device, model, side }] });
}

const recordOrNew = async (): Promise<DeviceRecord> =>
  (await readDeviceRecord()) ?? { key: '', devices: [], failures: {}, tiles: [] };
