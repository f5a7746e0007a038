/** `denoise`, `artefacts`, `upscale`, `restore`: photographs in, better copies out. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import {
  chromas,
  defaultModel,
  outputFormatSchema,
  type Parts,
  partDefaults,
  patternProblem,
  saveDefaults,
} from '../../preload/contract.ts';
import type { ChainStep } from '../compute/protocol.ts';
import type { TargetSize } from '../restore/finish.ts';
import { anyToldNoise, unfitModel } from './fitting-model.ts';
import { namedPictures } from './named-pictures.ts';
import {
  blendValues,
  countValue,
  deviceFlag,
  deviceValue,
  megapixelsValue,
  modelValue,
  qualityValue,
  scaleValue,
  sigmaValue,
} from './option-values.ts';
import { restoreFiles } from './restore-files.ts';
import { runSavedJobs, writeSavedJobs } from './saved-jobs.ts';
import { targetFor } from './target.ts';
import { addCommand, readOptions } from './usage.ts';

const fileValue = z
  .string()
  .min(1)
  .transform((path) => resolve(path));

const common = z.object({
  output: z.string().min(1).optional(),
  recursive: z.boolean().default(false),
  device: deviceValue,
  format: outputFormatSchema,
  quality: qualityValue,
  stripMetadata: z.boolean().default(saveDefaults.stripMetadata),
  chroma: z.enum(chromas).optional(),
  pattern: z.string().optional(),
  report: fileValue.optional(),
  saveJobs: fileValue.optional(),
  resume: z.boolean().default(false),
  json: z.boolean().default(false),
});
const cleaning = { ...blendValues, sigma: sigmaValue.optional() };
const sizes = {
  width: countValue.optional(),
  height: countValue.optional(),
  megapixels: megapixelsValue.optional(),
};
const denoiseSchema = common.extend({ ...cleaning, model: modelValue });
const artefactsSchema = common.extend({ ...blendValues, model: modelValue });
const upscaleSchema = common.extend({ ...sizes, scale: scaleValue.optional(), model: modelValue.optional() });
const restoreSchema = common.extend({
  ...cleaning,
  ...sizes,
  chain: z
    .string()
    .transform((text) => text.split(',').map((id) => id.trim()))
    .pipe(z.array(modelValue))
    .optional(),
  jobs: fileValue.optional(),
});

interface Kept extends Partial<Parts> {
  readonly strength?: number;
}
type Settings = z.infer<typeof common>;

const sigma = ['--sigma <0..75>', 'noise level, 8-bit levels; estimated by default'] as const;
const model = ['--model <id or file.onnx>', 'which model'] as const;

export function addRestoring(program: Command): void {
  const denoise = withStrength(
    addPictures(program, 'denoise', 'remove noise; the result lies beside the source'),
  )
    .option(...sigma)
    .option(...model, defaultModel);
  finishOptions(denoise, async (paths) => {
    const { model, sigma, ...settings } = readOptions(denoise, denoiseSchema);
    await requireFit(denoise, model, { task: 'denoise' });
    return run(denoise, paths, settings, [{ model, sigma: sigma ?? 'estimate' }]);
  });

  const artefacts = withStrength(
    addPictures(program, 'artefacts', 'remove what JPEG compression left'),
  ).option(...model, 'artefacts');
  finishOptions(artefacts, async (paths) => {
    const { model, ...settings } = readOptions(artefacts, artefactsSchema);
    await requireFit(artefacts, model, { task: 'artefacts' });
    return run(artefacts, paths, settings, [{ model }]);
  });

  const upscale = withSizes(
    addPictures(program, 'upscale', 'make pictures larger, or of an exact size')
      .option('--scale <2|3|4>', 'how many times larger, a side; 2 by default')
      .option(...model),
  );
  finishOptions(upscale, async (paths) => {
    const { scale, model = `upscale-${scale ?? 2}x`, ...settings } = readOptions(upscale, upscaleSchema);
    await requireFit(upscale, model, { task: 'upscale', scale });
    return run(upscale, paths, settings, [{ model }]);
  });

  const restore = withSizes(
    withStrength(
      addPictures(
        program,
        'restore',
        'several models one after the other, or a saved queue',
        '[files or folders...]',
      )
        .option('--chain <id,id…>', 'the models, in order')
        .option('--jobs <file>', 'does what --save-jobs has written, instead of files and a chain'),
    ).option(...sigma),
  );
  finishOptions(restore, async (paths) => {
    const { jobs, chain, sigma = 'estimate', ...settings } = readOptions(restore, restoreSchema);
    if (jobs !== undefined) return runSavedJobs(restore, paths, jobs, settings);
    if (!chain || paths.length === 0)
      return restore.error('error: restore takes pictures and --chain, or --jobs');
    return run(
      restore,
      paths,
      settings,
      chain.map((model) => ({ model, sigma })),
    );
  });
}

async function requireFit(command: Command, model: string, asked: Parameters<typeof unfitModel>[1]) {
  const reason = await unfitModel(model, asked);
  if (reason !== undefined) command.error(`error: ${reason}`);
}

function addPictures(
  program: Command,
  name: string,
  summary: string,
  files = '<files or folders...>',
): Command {
  return addCommand(program, name, summary)
    .argument(files, 'pictures, and folders with pictures directly inside')
    .option('--output <path>', 'a file for one picture, else a folder for all')
    .option('--recursive', 'folders with everything below them; sub-folders are mirrored in --output');
}

function withStrength(command: Command): Command {
  return command
    .option('--strength <auto|0..100>', 'how much of the result is blended in', 'auto')
    .option('--luminance <0..100>', 'of the strength, for brightness; 100 by default')
    .option('--colour <0..100>', 'of the strength, for colour; 100 by default')
    .option('--detail <0..100>', 'of the fine texture that was lost, brought back; 0 by default');
}

function withSizes(command: Command): Command {
  return command
    .option('--width <pixels, 1 or more>', 'exact width of the result; the height follows')
    .option('--height <pixels, 1 or more>', 'exact height; with --width both')
    .option('--megapixels <more than 0>', 'size of the result');
}

function finishOptions(command: Command, action: (paths: string[]) => Promise<void>): void {
  command
    .option(deviceFlag, 'what it runs on', 'auto')
    .option('--format <keep|jpeg|png|tiff|webp|avif>', 'format of the result', saveDefaults.format)
    .option('--quality <1..100>', 'of lossy formats', String(saveDefaults.quality))
    .option('--chroma <4:4:4|4:2:0>', 'colours of JPEG and AVIF: for every pixel (default), or one for four')
    .option('--pattern <text>', "name of the result, e.g. '{name}-{model}-{scale}x'; also {width}, {height}")
    .option('--strip-metadata', 'leave out EXIF and XMP')
    .option('--report <file>', 'one JSON object per picture in this file, and a readable list beside it')
    .option('--resume', 'leave out what the report says is done')
    .option('--save-jobs <file>', 'only write what would be done into a file, for restore --jobs')
    .option('--json', 'one JSON object per file on standard output')
    .action(action);
}

async function run(
  command: Command,
  paths: readonly string[],
  settings: Settings & TargetSize & Kept,
  chain: readonly ChainStep[],
): Promise<void> {
  const { output, recursive, report, resume, json, saveJobs, width, height, megapixels, ...others } =
    settings;
  const { luminance, colour, detail, ...rest } = { ...partDefaults, ...others };
  const problem = others.pattern === undefined ? undefined : patternProblem(others.pattern);
  if (problem !== undefined) return command.error(`error: --pattern: ${problem}`);
  if (resume && report === undefined) return command.error('error: --resume needs --report');
  const sized = [width ?? height, megapixels].filter((value) => value !== undefined).length;
  if (sized > 1) return command.error('error: --megapixels excludes --width and --height');
  const told = await anyToldNoise(chain.map(({ model }) => model));
  if (!told && chain.some(({ sigma }) => typeof sigma === 'number'))
    return command.error('error: --sigma means nothing here: the model is not told a noise level');
  const { files, refused } = await namedPictures(paths, recursive);
  const target = targetFor(output && resolve(output), {
    files: files.length + refused.length,
    isFolder: output !== undefined && (await isFolder(output)),
    format: settings.format,
  });
  if (target.kind === 'contradiction') return command.error(`error: ${target.reason}`);
  const { folder, ...exactly } = target.save;
  const wish = { strength: saveDefaults.strength, ...rest, parts: { luminance, colour, detail }, ...exactly };
  const jobs = files.map(({ path, subfolder }) => ({
    path,
    settings: {
      ...wish,
      ...(folder !== undefined && { folder: join(folder, subfolder) }),
      chain,
      size: { width, height, megapixels },
    },
  }));
  process.exitCode =
    saveJobs === undefined
      ? await restoreFiles(jobs, refused, { json, report, resume })
      : await writeSavedJobs(saveJobs, jobs, refused);
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
