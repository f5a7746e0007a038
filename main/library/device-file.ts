/** What was found out about this machine's devices, kept in `devices.json`. */
import { z } from 'zod';
import { type Device, deviceIds, deviceSchema } from '../../preload/contract.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { devicesFile } from './paths.ts';

const deviceRecordSchema = z.object({
  /** Versions, processor and models; when it changes, everything is found out anew. */
  key: z.string(),
  devices: z.array(deviceSchema.omit({ fastestFor: true, verdict: true })),
  /** Why a device failed while it worked; it is not used again until it has been measured anew. */
  failures: z.partialRecord(z.enum(deviceIds), z.string()),
});

export type DeviceRecord = z.infer<typeof deviceRecordSchema>;
export type KnownDevice = DeviceRecord['devices'][number];

export const readDeviceRecord = (): Promise<DeviceRecord | undefined> =>
  readJsonFile(devicesFile(), deviceRecordSchema);

export const writeDeviceRecord = (record: DeviceRecord): Promise<void> =>
  writeJsonFile(devicesFile(), record);

/** Keeps a device from being chosen until it has been measured anew. */
export async function recordFailure(id: Device['id'], reason: string): Promise<void> {
  const known = (await readDeviceRecord()) ?? { key: '', devices: [], failures: {} };
  await writeDeviceRecord({ ...known, failures: { ...known.failures, [id]: reason } });
}
