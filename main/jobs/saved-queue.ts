/** A list of saves in a file, which a person can keep, edit, and have done. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { saveDefaults, saveOptionsSchema, sigmaSchema } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';
import { parseJson } from '../library/json-file.ts';
import { readingReason, writingReason } from '../library/system-reason.ts';
import { orderSchema } from './journal.ts';

const version = 1;
const side = z.number().int().positive();
const { shape } = saveOptionsSchema;

/** A save with everything that the command line knows; what is left out is as there. */
const savedJobSchema = z.strictObject({
  ...orderSchema.shape,
  chain: z
    .array(
      z.strictObject({
        model: z.string().min(1),
        /** 'estimate' takes the picture's own. */
        sigma: z.union([sigmaSchema, z.literal('estimate')]).default('estimate'),
      }),
    )
    .min(1),
  device: orderSchema.shape.device.default('auto'),
  strength: shape.strength.default(saveDefaults.strength),
  format: shape.format.default(saveDefaults.format),
  quality: shape.quality.default(saveDefaults.quality),
  stripMetadata: shape.stripMetadata.default(saveDefaults.stripMetadata),
  /** Exactly this file. */
  output: z.string().optional(),
  size: z
    .strictObject({
      width: side.optional(),
      height: side.optional(),
      megapixels: z.number().positive().optional(),
    })
    .optional(),
});

const queueSchema = z.strictObject({ version: z.literal(version), jobs: z.array(savedJobSchema).min(1) });

export type SavedJob = z.infer<typeof savedJobSchema>;

/**
 * Reads such a file; paths in it begin at its own folder.
 *
 * @throws {RelumeError} 'bad-jobs' with what is wrong and where
 */
export async function readQueue(path: string): Promise<SavedJob[]> {
  const name = basename(path);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw refused(`${name} cannot be read: ${readingReason(error)}.`);
  });
  const value = parseJson(text);
  if (value === undefined) throw refused(`${name} is no list of jobs that this Relume knows: it is no JSON.`);
  const parsed = queueSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') || 'the file';
    throw refused(`${name} is no list of jobs that this Relume knows: ${place}: ${issue?.message}.`);
  }
  const at = (file: string) => resolve(dirname(path), file);
  return parsed.data.jobs.map(({ path: picture, folder, output, chain, ...job }) => ({
    ...job,
    path: at(picture),
    chain: chain.map(({ model, sigma }) => ({ model: isFile(model) ? at(model) : model, sigma })),
    ...(folder !== undefined && { folder: at(folder) }),
    ...(output !== undefined && { output: at(output) }),
  }));
}

const isFile = (model: string) => model.toLowerCase().endsWith('.onnx');

/** @throws {RelumeError} 'exists', 'write-failed' */
export async function writeQueue(path: string, jobs: readonly unknown[]): Promise<void> {
  const text = `${JSON.stringify({ version, jobs }, undefined, 2)}\n`;
  await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const name = basename(path);
    const unwritten = `${name} was not written: ${writingReason(error)}.`;
    throw error.code === 'EEXIST'
      ? new RelumeError({ code: 'exists', message: `${name} exists already and is not overwritten.` })
      : new RelumeError({ code: 'write-failed', message: unwritten });
  });
}

const refused = (message: string) => new RelumeError({ code: 'bad-jobs', message });
