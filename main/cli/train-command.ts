/** `train denoise`: a denoiser from a person's own pictures. */
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { noiseKinds } from '../../preload/contract.ts';
import { toFailure } from '../library/failure.ts';
import { runsFolder } from '../library/paths.ts';
import type { TrainProgress, TrainOptions as TrainRequest } from '../train/train.ts';
import { countValue, deviceValue, folderValue, minutesValue, modelValue } from './option-values.ts';
import { barText, duration, ProgressLine } from './progress-line.ts';
import { withCompute } from './session.ts';
import { addCommand, programName, readOptions } from './usage.ts';

const schema = z.object({
  data: folderValue,
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .optional(),
  minutes: minutesValue.optional(),
  steps: countValue.optional(),
  resume: z.boolean().default(false),
  degrade: z.enum(noiseKinds),
  from: modelValue.optional(),
  device: deviceValue,
});

export type TrainOptions = z.infer<typeof schema>;

export function addTrain(program: Command): void {
  const parent = addCommand(program, 'train', 'make a model from your own pictures');
  const command = addCommand(parent, 'denoise', 'train a denoiser; Ctrl-C stops it, --resume goes on')
    .requiredOption('--data <folder>', 'clean pictures to learn from')
    .option('--name <small letters, digits, hyphens>', "the model's id; made from the folder's by default")
    .option('--minutes <more than 0>', 'how long to train')
    .option('--steps <1 or more>', 'how many steps to train')
    .option('--degrade <gaussian|camera>', 'noise to learn to remove', 'gaussian')
    .option('--from <id>', 'a model to begin with, which takes minutes instead of hours')
    .option('--resume', 'go on from the last checkpoint')
    .option('--device <auto|cpu|webgpu>', 'what it runs on', 'auto')
    .action(async () => {
      const options = readOptions(command, schema);
      if (options.minutes !== undefined && options.steps !== undefined) {
        command.error('error: --minutes and --steps exclude each other');
      }
      await train(options);
    });
}

/** What the compute process is asked for. */
export function trainParams({
  data,
  name = nameOf(data),
  resume,
  device,
  degrade,
  from,
  ...length
}: TrainOptions): TrainRequest {
  const { minutes, steps } = length;
  return {
    folder: data,
    run: join(runsFolder(), name),
    name,
    resume,
    device,
    noise: degrade,
    ...(from !== undefined && { from }),
    ...(minutes !== undefined && { minutes }),
    ...(steps !== undefined && { steps }),
  };
}

/** A model's id from a folder: "My Photos" becomes "denoise-my-photos". */
function nameOf(folder: string): string {
  const words =
    basename(folder)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return ['denoise', ...words].join('-').slice(0, 64);
}

async function train(options: TrainOptions): Promise<void> {
  const params = trainParams(options);
  const line = new ProgressLine();
  try {
    const { model, steps } = await withCompute((compute, signal) =>
      compute.call('train', params, {
        signal,
        onProgress: (progress) => {
          line.show(progressText(progress));
          if (progress.psnr !== undefined) tell(line, evaluationText(progress, progress.psnr));
        },
      }),
    );
    line.clear();
    process.stdout.write(
      `Trained for ${steps} steps. To use it: ${programName} denoise photo.jpg --model ${model}\n`,
    );
  } catch (error) {
    if (toFailure(error).code === 'cancelled') tell(line, `Stopped. To go on: ${resumeForm(options)}`);
    line.clear();
    throw error;
  }
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
function resumeForm({ data, name }: TrainOptions): string {
  return `${programName} train denoise --data "${data}"${name === undefined ? '' : ` --name ${name}`} --resume`;
}
