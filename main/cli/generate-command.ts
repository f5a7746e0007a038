/** `generate sample|grid|interpolate|arithmetic|map|reconstruct|novelty`: what a trained generator can do. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { GenerateAnswer, NoveltyReport } from '../generate/answers.ts';
import { type GenerateRequest, generateDefaults, generateRequestSchema } from '../generate/request.ts';
import { folderValue, numberValue } from './option-values.ts';
import { withCompute } from './session.ts';
import { addCommand, readOptions } from './usage.ts';

/** Options of every kind as text; the request's own schema then says what is allowed. */
const given = z.object({
  model: z.string().min(1),
  output: folderValue.optional(),
  count: numberValue.optional(),
  seed: numberValue.optional(),
  temperature: numberValue.optional(),
  columns: numberValue.optional(),
  frames: numberValue.optional(),
  frameMs: numberValue.optional(),
  class: z.string().optional(),
  around: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
  path: z.string().optional(),
  format: z.string().optional(),
  layout: z.string().optional(),
  through: z.array(z.string().transform((path) => resolve(path))).optional(),
  towards: z.string().optional(),
  from: z.string().optional(),
  amount: numberValue.optional(),
  loop: z.boolean().default(false),
  json: z.boolean().default(false),
});

export function addGenerate(program: Command): void {
  const parent = addCommand(program, 'generate', 'new pictures from a model that was trained on yours');
  const seed = ['--seed <whole number>', 'the same seed gives the same pictures'] as const;
  const ofClass = ['--class <name>', 'of which class, for models that have classes'] as const;
  add(parent, 'sample', 'draw new pictures', (command) =>
    command
      .option('--count <1..10000>', 'how many', String(generateDefaults.count))
      .option(...seed, String(generateDefaults.seed))
      .option('--temperature <0..4>', 'less stays nearer to the usual', String(generateDefaults.temperature))
      .option(...ofClass)
      .option('--around <picture>', 'variations of this picture'),
  );
  add(parent, 'grid', 'walk over the latent space in a grid', (command) =>
    command
      .option('--columns <1..100>', 'and as many rows', String(generateDefaults.columns))
      .option('--through <three pictures...>', 'the plane that they lie on')
      .option(...ofClass),
  );
  add(
    parent,
    'interpolate',
    'morph from picture to picture; between drawn ones when none are named',
    (command) =>
      command
        .argument('[pictures...]', 'two or more')
        .option('--frames <2..240>', 'in all', String(generateDefaults.frames))
        .option('--frame-ms <10..10000>', 'how long each is shown', String(generateDefaults.frameMs))
        .option('--path <spherical|straight>', 'through the latent space', generateDefaults.path)
        .option('--format <gif|webp|png>', 'png writes every frame as a file', generateDefaults.format)
        .option('--loop', 'go back to the first picture')
        .option(...seed, String(generateDefaults.seed))
        .option(...ofClass),
  );
  add(
    parent,
    'arithmetic',
    'change pictures by what one group has and another has not; drawn ones when none are named',
    (command) =>
      command
        .argument('[pictures...]', 'any')
        .requiredOption('--towards <class or folder>', 'pictures that have it')
        .option(
          '--from <class or folder>',
          'pictures that have it not; all others of the collection by default',
        )
        .option('--amount <-4..4>', '1 is the whole way from group to group', String(generateDefaults.amount))
        .option(...seed, String(generateDefaults.seed))
        .option(...ofClass),
  );
  add(parent, 'map', 'lay the collection out in the plane, as a table', (command) =>
    command.option('--layout <latent|pca|umap|pixels>', 'how; the latent space itself where it is a plane'),
  );
  add(parent, 'reconstruct', 'encode and decode pictures, and say how unusual they are', (command) =>
    command.argument('<pictures...>', 'any').option(...ofClass),
  );
  add(parent, 'novelty', 'find the nearest picture of the collection', (command) =>
    command.argument('<pictures...>', 'any'),
  );
}

function add(
  parent: Command,
  kind: GenerateRequest['kind'],
  summary: string,
  withOptions: (command: Command) => Command,
): void {
  const command = withOptions(
    addCommand(parent, kind, summary).requiredOption('--model <id>', 'which model'),
  ).option('--json', 'as one JSON object');
  if (kind !== 'novelty') command.requiredOption('--output <folder>', 'where results go');
  command.action(async () => {
    const { json, ...options } = readOptions(command, given);
    const pictures = command.args.map((path) => resolve(path));
    const request = generateRequestSchema.safeParse({ kind, pictures, ...options });
    if (!request.success) return command.error(`error: ${complaint(command, request.error)}`);
    const { data } = request;
    if (data.kind === 'interpolate' && data.pictures.length === 1) {
      return command.error('error: interpolate takes no pictures or at least two');
    }
    const result = await withCompute((compute, signal) => compute.call('generate', data, { signal }));
    process.stdout.write(json ? `${JSON.stringify(result)}\n` : told(result));
  });
}

/** What an option takes, in the words of its own help. */
function complaint(command: Command, { issues }: z.ZodError): string {
  const name = String(issues[0]?.path[0] ?? '');
  const option = command.options.find((each) => each.attributeName() === name);
  const takes = option?.flags.replace(/^--\S+ /, '').replace(/[<>]/g, '');
  return option ? `${option.long} takes ${takes}, not "${String(command.opts()[name])}"` : `bad ${name}`;
}

/** For people. */
function told(result: GenerateAnswer): string {
  switch (result.kind) {
    case 'sample':
      return lines([
        ...result.files.map((file, index) => `${file}  ${noveltyText(result.novelty[index])}`),
        summaryText(result.summary),
      ]);
    case 'novelty':
      return lines([...result.novelty.map(noveltyText), summaryText(result.summary)]);
    case 'grid':
    case 'interpolate':
      return lines(result.files);
    case 'arithmetic':
      return lines([...result.files, arithmeticText(result)]);
    case 'map':
      return lines([...result.files, ...mapTexts(result)]);
    case 'reconstruct':
      return lines([
        ...result.files,
        ...result.judgements.map(({ sentence, mse }) => `${sentence} (error ${mse.toFixed(4)})`),
      ]);
  }
}

function noveltyText(novelty: NoveltyReport | undefined): string {
  if (!novelty) return '';
  return `${novelty.verdict}; nearest ${novelty.nearestName}, ${novelty.novelty.toFixed(2)} times its neighbourhood`;
}

function summaryText(summary: Extract<GenerateAnswer, { kind: 'sample' }>['summary']): string {
  return `${summary.new} new, ${summary.close} close to a picture of the collection, ${summary.copied} copied, ${summary.unlike} unlike any of them`;
}

function arithmeticText({ having, without, apart }: Extract<GenerateAnswer, { kind: 'arithmetic' }>): string {
  const share = `${(100 * apart).toFixed(1)} %`;
  return `From ${without} pictures to ${having}; the direction tells them apart in ${share} of cases (chance: 50 %).`;
}

function mapTexts({
  agreement,
  pixelsAgreement,
  mse,
  pcaMse,
}: Extract<GenerateAnswer, { kind: 'map' }>): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    ...(agreement !== undefined && pixelsAgreement !== undefined
      ? [
          `Neighbours are of one class for ${percent(agreement)}; on PCA of the pixels for ${percent(pixelsAgreement)}.`,
        ]
      : []),
    `Reconstruction error ${mse.toFixed(5)}; of PCA with as many dimensions ${pcaMse.toFixed(5)}.`,
  ];
}

const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');
