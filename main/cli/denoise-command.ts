/** `denoise`: noisy photographs in, clean copies out. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { defaultModel, outputFormatSchema, saveDefaults } from '../../preload/contract.ts';
import { findModel } from '../library/models.ts';
import { pictureFiles } from '../library/picture-files.ts';
import { denoiseFiles } from './denoise-files.ts';
import { deviceValue, modelValue, qualityValue, sigmaValue, strengthValue } from './option-values.ts';
import { targetFor } from './target.ts';
import { addCommand, readOptions } from './usage.ts';

const schema = z.object({
  output: z.string().min(1).optional(),
  strength: strengthValue,
  sigma: sigmaValue.optional(),
  model: modelValue,
  device: deviceValue,
  format: outputFormatSchema,
  quality: qualityValue,
  stripMetadata: z.boolean().default(saveDefaults.stripMetadata),
  json: z.boolean().default(false),
});

export function addDenoise(program: Command): void {
  const command = addCommand(program, 'denoise', 'remove noise; the result lies beside the source')
    .argument('<files or folders...>', 'pictures, and folders with pictures directly inside')
    .option('--output <path>', 'a file for one picture, else a folder for all')
    .option('--strength <auto|0..100>', 'how much of the result is blended in', 'auto')
    .option('--sigma <0..75>', 'noise level, 8-bit levels; estimated by default')
    .option('--model <id or file.onnx>', 'which model', defaultModel)
    .option('--device <auto|cpu|webgpu|tensorflow>', 'what it runs on', 'auto')
    .option('--format <keep|jpeg|png|tiff|webp|avif>', 'format of the result', saveDefaults.format)
    .option('--quality <1..100>', 'of lossy formats', String(saveDefaults.quality))
    .option('--strip-metadata', 'leave out EXIF and XMP')
    .option('--json', 'one JSON object per file on standard output')
    .action(async (paths: string[]) => {
      const { output, sigma, model, json, ...settings } = readOptions(command, schema);
      await findModel(model);
      const { files, refused } = await pictureFiles(paths);
      const target = targetFor(output && resolve(output), {
        files: files.length + refused.length,
        isFolder: output !== undefined && (await isFolder(output)),
        format: settings.format,
      });
      if (target.kind === 'contradiction') return command.error(`error: ${target.reason}`);
      process.exitCode = await denoiseFiles(
        { files, refused },
        { ...settings, ...target.save, chain: [{ model, sigma: sigma ?? 'estimate' }] },
        json,
      );
    });
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
