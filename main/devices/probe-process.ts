/**
 * Entry of a process of its own that starts one device and, where it is given models, measures it: a driver that
 * crashes ends nothing else, and what the libraries log, which only a parent can read, holds the names of GPUs.
 *
 * Its arguments are the device's id and the models as JSON, [{ id, path }].
 */
import { z } from 'zod';
import { deviceIds } from '../../preload/contract.ts';
import { tellHardware, useThreads } from '../engine/session-options.ts';
import { startDevice } from '../engine/start-device.ts';
import { probeInference, probeTraining } from './probe.ts';
import type { ProbeMessage } from './probe-message.ts';
import { processorThreads } from './processor-threads.ts';

const argumentsSchema = z.tuple([
  z.enum(deviceIds),
  z
    .string()
    .transform((text) => z.array(z.object({ id: z.string(), path: z.string() })).parse(JSON.parse(text))),
]);

const send = (message: ProbeMessage) => void process.send?.(message);

process.once('disconnect', () => process.exit());
await probe();
process.disconnect?.();

async function probe(): Promise<void> {
  const [id, models] = argumentsSchema.parse(process.argv.slice(2));
  tellHardware();
  useThreads(await processorThreads());
  const device = await startDevice(id);
  send({ kind: 'started', device });
  if (!device.available) return;
  for (const model of models) send({ kind: 'inference', speed: await probeInference(id, model) });
  if (models.length > 0) send({ kind: 'training', speed: await probeTraining(id) });
}
