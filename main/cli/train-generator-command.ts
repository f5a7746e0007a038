/** `train autoencoder|vae|cvae|aae`: a generator from a person's own pictures. */
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import {
  type GeneratorKind,
  type GeneratorRunSummary,
  type GeneratorSource,
  latentRange,
  lossNames,
  lossNotes,
  type PresetName,
  pictureSizes,
  presets,
  recipeDefaults,
  recipeSchema,
} from '../../preload/contract.ts';
import { goingOn } from '../devices/after-crash.ts';
import type { GeneratorProgress, GeneratorRequest } from '../generate/train.ts';
import { toFailure } from '../library/failure.ts';
import { runsFolder } from '../library/paths.ts';
import {
  countValue,
  deviceFlag,
  deviceValue,
  folderValue,
  minutesValue,
  numberValue,
} from './option-values.ts';
import { barText, ProgressLine } from './progress-line.ts';
import { withCompute } from './session.ts';
import { stoppedText } from './stopped-text.ts';
import { addCommand, programName, readOptions } from './usage.ts';

const summaries: Readonly<Record<GeneratorKind, string>> = {
  autoencoder: 'train an autoencoder: for maps, denoising and small codes',
  vae: 'train a variational autoencoder: for new pictures',
  cvae: 'train a conditional variational autoencoder: for new pictures of a chosen class',
  aae: 'train an adversarial autoencoder: for new pictures, with codes pressed into shape by a discriminator',
};

const { shape } = recipeSchema;
const schema = z.object({
  data: z.string().min(1),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .optional(),
  preset: z.string().optional(),
  size: numberValue.pipe(shape.size).optional(),
  grey: z.literal(true).optional(),
  fit: z.enum(['centre', 'smart', 'pad']),
  classes: folderValue.optional(),
  latent: numberValue.pipe(shape.latent).optional(),
  loss: shape.loss.optional(),
  beta: numberValue.pipe(shape.beta).optional(),
  warmUp: numberValue.pipe(shape.warmUp).optional(),
  freeNats: numberValue.pipe(shape.freeNats).optional(),
  corruption: shape.corruption.optional(),
  epochs: numberValue.pipe(shape.epochs).optional(),
  minutes: minutesValue.optional(),
  steps: countValue.optional(),
  batch: numberValue.pipe(shape.batch).optional(),
  learningRate: numberValue.pipe(shape.learningRate).optional(),
  seed: numberValue.pipe(shape.seed).optional(),
  resume: z.boolean().default(false),
  device: deviceValue,
  json: z.boolean().default(false),
});

export type TrainGeneratorOptions = z.infer<typeof schema> & { readonly kind: GeneratorKind };

const lossHelp = lossNames.map((name) => `  ${name.padEnd(12)}${lossNotes[name]}\n`).join('');

/** @param train the command that they are added to */
export function addTrainGenerators(train: Command): void {
  for (const kind of ['autoencoder', 'vae', 'cvae', 'aae'] as const) addKind(train, kind);
}

function addKind(train: Command, kind: GeneratorKind): void {
  const names = presetsOf(kind);
  const command = addCommand(train, kind, `${summaries[kind]}; Ctrl-C stops it, --resume goes on`)
    .requiredOption(
      '--data <folder or digits>',
      'pictures to learn from; "digits" are 10,000 handwritten ones',
    )
    .option('--name <small letters, digits, hyphens>', "the model's id; made from the folder's by default")
    .option(`--size <${pictureSizes.join('|')}>`, 'height and width, pixels', String(recipeDefaults.size))
    .option('--grey', 'without colour')
    .option('--fit <centre|smart|pad>', 'how pictures become square', 'centre')
    .option(`--latent <${latentRange.min}..${latentRange.max}>`, 'numbers a picture is encoded to')
    .option(`--loss <${lossNames.join('|')}>`, 'what counts as like the picture')
    .option('--epochs <more than 0>', 'how often every picture is seen')
    .option('--minutes <more than 0>', 'how long to train, instead')
    .option('--steps <1 or more>', 'how many steps to train, instead')
    .option('--batch <1..1024>', 'pictures a step')
    .option('--learning-rate <more than 0>', 'at its peak')
    .option('--seed <whole number>', 'the same seed gives the same model')
    .option('--resume', 'go on from the last checkpoint')
    .option(deviceFlag, 'what it runs on', 'auto')
    .option('--json', 'one JSON object per report on standard output')
    .addHelpText('after', `\nLosses:\n${lossHelp}`);
  if (names.length > 0) command.option(`--preset <${names.join('|')}>`, 'everything as in the lesson');
  if (kind === 'autoencoder') {
    command.option('--corruption <none|noise|reduce>', 'what is done to pictures before they are encoded');
  }
  if (kind === 'vae' || kind === 'cvae') {
    command
      .option('--beta <0..100>', 'weight of the divergence from the prior')
      .option('--warm-up <0..1>', 'share of the steps over which beta rises')
      .option('--free-nats <0 or more>', 'what every latent number may tell for free');
  }
  if (kind === 'cvae') {
    command.option('--classes <table.csv>', 'rows of file name and class; folder names by default');
  }
  command.action(async () => {
    const options = { ...readOptions(command, schema), kind };
    const chosen = options.preset;
    if (chosen !== undefined && !names.some((name) => name === chosen)) {
      command.error(`error: --preset takes ${names.join('|')}, not "${chosen}"`);
    }
    if ([options.epochs, options.minutes, options.steps].filter((each) => each !== undefined).length > 1) {
      command.error('error: --epochs, --minutes and --steps exclude each other');
    }
    const given = command.getOptionValueSource('size') === 'cli';
    await trainGenerator(trainGeneratorRequest(given ? options : withoutSize(options)), options.json);
  });
}

/** The size of a preset, or of the digits, counts for more than the default. */
function withoutSize({ size: _, ...rest }: TrainGeneratorOptions): TrainGeneratorOptions {
  return rest;
}

function presetsOf(kind: GeneratorKind): PresetName[] {
  return presetNames.filter((name) => presets[name].kind === kind);
}

const presetNames = Object.keys(presets).filter((name): name is PresetName => name in presets);

/** What the compute process is asked for. */
export function trainGeneratorRequest(options: TrainGeneratorOptions): GeneratorRequest {
  const { data, name: chosen, preset, fit, classes, grey, resume, device, json: _, ...others } = options;
  const { minutes, steps, ...given } = others;
  const source = sourceOf(data, fit, classes);
  const name = chosen ?? nameOf(options.kind, preset, source);
  const fromPreset = presetNames.find((each) => each === preset);
  const recipe = recipeSchema.omit({ classes: true }).parse({
    ...recipeDefaults,
    ...(source.kind === 'digits' && { size: 28, channels: 1 }),
    ...(fromPreset && presets[fromPreset]),
    ...(grey && { channels: 1 }),
    ...given,
  });
  return {
    run: join(runsFolder(), name),
    name,
    source,
    recipe,
    ...(minutes !== undefined && { minutes }),
    ...(steps !== undefined && { steps }),
    resume,
    device,
  };
}

/** Goes on with a run, which remembers what it is, or publishes what it has. */
export function continueGenerator(
  { id, source, recipe }: GeneratorRunSummary,
  finish: boolean,
): Promise<void> {
  const run = join(runsFolder(), id);
  return trainGenerator({ run, name: id, source, recipe, resume: true, finish, device: 'auto' }, false);
}

function sourceOf(
  data: string,
  fit: 'centre' | 'smart' | 'pad',
  classes: string | undefined,
): GeneratorSource {
  if (data === 'digits') return { kind: 'digits' };
  return { kind: 'folder', folder: folderValue.parse(data), fit, ...(classes !== undefined && { classes }) };
}

/** A model's id from a folder: "My Photos" becomes "vae-my-photos". */
function nameOf(kind: GeneratorKind, preset: string | undefined, source: GeneratorSource): string {
  const words =
    (source.kind === 'digits' ? 'digits' : basename(source.folder)).toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return [preset ?? kind, ...words].join('-').slice(0, 64);
}

async function trainGenerator(request: GeneratorRequest, json: boolean): Promise<void> {
  const line = new ProgressLine();
  const report = (progress: GeneratorProgress) => {
    if (json) process.stdout.write(`${JSON.stringify(progress)}\n`);
    else if (progress.kind === 'step' && progress.heldOut)
      tell(line, `Step ${progress.step}: held out ${partsText(progress.heldOut)}`);
    line.show(progressText(progress));
  };
  try {
    const { model, steps, refused } = await withCompute((compute, signal) =>
      goingOn(request, (each) => {
        if (each.recovery) tell(line, each.recovery.note);
        return compute.call('trainGenerator', each, { signal, onProgress: report });
      }),
    );
    for (const { reason } of refused) tell(line, reason);
    line.clear();
    if (json) process.stdout.write(`${JSON.stringify({ kind: 'done', model, steps })}\n`);
    else
      process.stdout.write(
        `Trained for ${steps} steps. To use it: ${programName} generate sample --model ${model} --output samples\n`,
      );
  } catch (error) {
    if (toFailure(error).code === 'cancelled') tell(line, stoppedText(request.run, resumeForm(request)));
    line.clear();
    throw error;
  }
}

function tell(line: ProgressLine, text: string): void {
  line.clear();
  process.stderr.write(`${text}\n`);
}

function progressText(progress: GeneratorProgress): string {
  if (progress.kind === 'reading') return barText('Reading pictures', progress.share);
  const { step, steps, epoch, loss, parts, secondsPerStep } = progress;
  const bar =
    steps === 0
      ? `Step ${step}  ${secondsPerStep.toFixed(2)} s a step`
      : barText(`Step ${step} of ${steps}`, step / steps, (steps - step) * secondsPerStep);
  return `${bar}  epoch ${epoch}, ${partsText({ loss, ...parts })}`;
}

function partsText(parts: Readonly<Record<string, number>>): string {
  return Object.entries(parts)
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join(', ');
}

/** A run remembers everything else. */
function resumeForm({ name, source, recipe }: GeneratorRequest): string {
  const data = source.kind === 'digits' ? 'digits' : `"${source.folder}"`;
  return `${programName} train ${recipe.kind} --data ${data} --name ${name} --resume`;
}
