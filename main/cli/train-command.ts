/** `train denoise|artefacts|upscale`: a model from a person's own pictures. */
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { NetworkName } from '../../models/networks.ts';
import { addedNoises, scales, shrinkKinds, type TrainingTask } from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import { goingOn } from '../devices/after-crash.ts';
import { toFailure } from '../library/failure.ts';
import { runsFolder } from '../library/paths.ts';
import { type NoisyPaths, type Split, split } from '../train/dataset/split.ts';
import { leftOutBySelf } from '../train/dataset/summary.ts';
import type { TrainProgress, TrainOptions as TrainRequest } from '../train/train.ts';
import {
  countValue,
  deviceFlag,
  deviceValue,
  folderValue,
  minutesValue,
  modelValue,
  scaleValue,
} from './option-values.ts';
import { barText, duration, ProgressLine } from './progress-line.ts';
import { scanPictures } from './scan-pictures.ts';
import { withCompute } from './session.ts';
import { stoppedText } from './stopped-text.ts';
import { addTrainControl, type Continue } from './train-control.ts';
import { addTrainGenerators, continueGenerator } from './train-generator-command.ts';
import { addCommand, programName, readOptions } from './usage.ts';

const common = z.object({
  data: folderValue,
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .optional(),
  minutes: minutesValue.optional(),
  steps: countValue.optional(),
  resume: z.boolean().default(false),
  from: modelValue.optional(),
  device: deviceValue,
});
const denoiseSchema = common.omit({ data: true }).extend({
  data: folderValue.optional(),
  clean: folderValue.optional(),
  noisy: folderValue.optional(),
  noisyOnly: z.boolean().default(false),
  degrade: z.enum(addedNoises).optional(),
  size: z.enum(['fast', 'best']),
});
const upscaleSchema = common.extend({ degrade: z.enum(shrinkKinds), scale: scaleValue });

type CommonOptions = z.infer<typeof common>;
export type TrainOptions = CommonOptions & {
  readonly task: TrainingTask;
  readonly network: NetworkName;
};

export function addTrain(program: Command): void {
  const parent = addCommand(program, 'train', 'make a model from your own pictures');
  const denoise = addCommon(addCommand(parent, 'denoise', `train a denoiser${ending}`))
    .option('--data <folder>', 'clean pictures to learn from, or noisy ones with --noisy-only')
    .option('--degrade <gaussian|camera>', 'noise that is added to clean pictures; gaussian by default')
    .option('--noisy-only', 'the pictures are noisy, and there are no clean ones')
    .option('--clean <folder>', 'clean pictures of pairs, with --noisy')
    .option('--noisy <folder>', 'noisy pictures of the same scenes, named alike')
    .option('--size <fast|best>', 'of the network: best learns more and is slower', 'fast')
    .action(() => {
      const { degrade, noisyOnly, clean, noisy, size, data, ...rest } = readTraining(denoise, denoiseSchema);
      const noise = noisy !== undefined ? 'pairs' : noisyOnly ? 'noisy-only' : (degrade ?? 'gaussian');
      const given = [data, clean].filter((folder) => folder !== undefined);
      const [folder] = given;
      if (folder === undefined || given.length > 1 || (clean === undefined) !== (noisy === undefined)) {
        return denoise.error('error: name either --data, or both --clean and --noisy');
      }
      if (noise !== (degrade ?? noise) || (noisyOnly && noisy !== undefined)) {
        return denoise.error('error: --degrade, --noisy-only and --noisy exclude each other');
      }
      const task = { kind: 'denoise', noise } as const;
      return train({ ...rest, data: folder, task, network: `denoiser-${size}` }, noisy);
    });
  addTrainGenerators(parent);
  addTrainControl(parent, continued);
  const artefacts = addTask(parent, 'artefacts', 'train a model that removes JPEG artefacts').action(() =>
    train({
      ...readTraining(artefacts, common),
      task: { kind: 'artefacts' },
      network: 'artefact-remover',
    }),
  );
  const upscale = addTask(parent, 'upscale', 'train a model that makes pictures larger')
    .requiredOption(`--scale <${scales.join('|')}>`, 'how many times larger, a side')
    .option(
      '--degrade <bicubic|photo>',
      'what made the pictures small: only that, or blur and noise too',
      'bicubic',
    )
    .action(() => {
      const { degrade, scale, ...rest } = readTraining(upscale, upscaleSchema);
      return train({
        ...rest,
        task: { kind: 'upscale', scale, damage: degrade },
        network: `upscaler-${scale}x`,
      });
    });
}

const ending = '; Ctrl-C stops it, --resume goes on';

function addTask(parent: Command, name: string, summary: string): Command {
  return addCommon(addCommand(parent, name, `${summary}${ending}`)).requiredOption(
    '--data <folder>',
    'clean pictures to learn from',
  );
}

function addCommon(command: Command): Command {
  return command
    .option('--name <small letters, digits, hyphens>', "the model's id; made from the folder's by default")
    .option('--minutes <more than 0>', 'how long to train')
    .option('--steps <1 or more>', 'how many steps to train')
    .option('--from <id>', 'a model to begin with, which takes minutes instead of hours')
    .option('--resume', 'go on from the last checkpoint')
    .option(deviceFlag, 'what it runs on', 'auto');
}

function readTraining<T extends Omit<CommonOptions, 'data'>>(command: Command, schema: z.ZodType<T>): T {
  const options = readOptions(command, schema);
  if (options.minutes !== undefined && options.steps !== undefined) {
    command.error('error: --minutes and --steps exclude each other');
  }
  return options;
}

/** What the compute process is asked for. */
export function trainParams({ data, name: chosen, ...rest }: TrainOptions): TrainRequest {
  const { from, minutes, steps, task, network, resume, device } = rest;
  const name = chosen ?? nameOf(task, data);
  return {
    folder: data,
    run: join(runsFolder(), name),
    name,
    resume,
    device,
    task,
    network,
    ...(from !== undefined && { from }),
    ...(minutes !== undefined && { minutes }),
    ...(steps !== undefined && { steps }),
  };
}

/** A model's id from a folder: "My Photos" becomes "denoise-my-photos". */
function nameOf(task: TrainingTask, folder: string): string {
  const words =
    basename(folder)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const kind = task.kind === 'upscale' ? `upscale-${task.scale}x` : task.kind;
  return [kind, ...words].join('-').slice(0, 64);
}

async function train(options: TrainOptions, noisyFolder?: string): Promise<void> {
  await trainRun(trainParams(options), noisyFolder);
}

/** A run that exists remembers everything but where it runs. */
const continued: Continue = (run, finish) => {
  if (run.kind === 'generate') return continueGenerator(run, finish);
  const { id, folder, task } = run;
  const common = { folder, task, name: id, run: join(runsFolder(), id) };
  return trainRun({ ...common, network: 'denoiser-fast', resume: true, finish, device: 'auto' });
};

async function trainRun(params: TrainRequest, noisyFolder?: string): Promise<void> {
  const line = new ProgressLine();
  let told: string | undefined;
  const tellOnce = (note: string | undefined) => {
    if (note !== undefined && note !== told) tell(line, note);
    told = note;
  };
  try {
    const { model, steps, verdict, note } = await withCompute(async (compute, signal) => {
      const chosen = params.resume
        ? {}
        : await choosePictures(compute, params.folder, noisyFolder, line, signal);
      const onProgress = (progress: TrainProgress) => {
        tellOnce(progress.note);
        line.show(progressText(progress));
        if (progress.psnr !== undefined) tell(line, evaluationText(progress, progress.psnr));
      };
      return goingOn({ ...params, ...chosen }, (each) => {
        tellOnce(each.recovery?.note);
        return compute.call('train', each, { signal, onProgress });
      });
    });
    line.clear();
    tellOnce(note);
    process.stdout.write(`${verdict}\n`);
    process.stdout.write(
      `Trained for ${steps} steps. To use it: ${programName} ${params.task.kind} photo.jpg --model ${model}\n`,
    );
  } catch (error) {
    if (toFailure(error).code === 'cancelled') tell(line, stoppedText(params.run, resumeForm(params)));
    line.clear();
    throw error;
  }
}

/** The folder's usable pictures, near duplicates on one side: what is looked at once stays known. */
async function choosePictures(
  compute: ComputeHost,
  folder: string,
  noisyFolder: string | undefined,
  line: ProgressLine,
  signal: AbortSignal,
): Promise<{ pictures: Split; noisyPaths?: NoisyPaths }> {
  const scanned = await scanPictures(compute, [folder], line, signal);
  const usable = scanned.filter((picture) => !leftOutBySelf(picture));
  if (noisyFolder === undefined) return { pictures: split(usable) };
  const clean = usable.map(({ path }) => path);
  const { noisyPaths, refused } = await compute.call(
    'pair',
    { clean, noisy: [noisyFolder] },
    { signal, onProgress: ({ share }) => line.show(barText('Pairing', share)) },
  );
  for (const { reason } of refused) tell(line, reason);
  return { pictures: split(usable.filter(({ path }) => path in noisyPaths)), noisyPaths };
}

function tell(line: ProgressLine, text: string): void {
  line.clear();
  process.stderr.write(`${text}\n`);
}

/** A time budget becomes a number of steps only after the first few. */
function progressText({ step, steps, loss, secondsPerStep }: TrainProgress): string {
  const pace = `${secondsPerStep.toFixed(2)} s a step, loss ${loss.toFixed(4)}`;
  if (steps === 0) return `Step ${step}  ${pace}`;
  return `${barText(`Step ${step} of ${steps}`, step / steps, (steps - step) * secondsPerStep)}  ${pace}`;
}

function evaluationText({ step, steps, loss, secondsPerStep }: TrainProgress, psnr: number): string {
  const left = steps === 0 ? '' : `, ${duration((steps - step) * secondsPerStep)} left`;
  return `Step ${step}: ${psnr.toFixed(2)} dB held out, loss ${loss.toFixed(4)}${left}`;
}

/** A run remembers its length, so that its folder and name are enough to go on. */
function resumeForm({ folder, name, task }: TrainRequest): string {
  const scale = task.kind === 'upscale' ? ` --scale ${task.scale}` : '';
  return `${programName} train ${task.kind} --data "${folder}"${scale} --name ${name} --resume`;
}
