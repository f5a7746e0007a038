/** `models`: lists them, shows what is known of one, brings in others and removes them. */
import { extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { type Convention, importOptionsSchema, type ModelCard } from '../../preload/contract.ts';
import { importModel } from '../compute/import-model.ts';
import { RelumeError } from '../library/failure.ts';
import { findModel, readModels } from '../library/models.ts';
import { removeModel } from '../library/own-models.ts';
import { withCompute } from './session.ts';
import { table } from './table.ts';
import { addCommand, readOptions } from './usage.ts';

interface JsonOption {
  readonly json?: true;
}

const importSchema = importOptionsSchema.extend({ json: z.boolean().default(false) });

export function addModels(program: Command): void {
  const models = addCommand(program, 'models', 'the models that can be used');
  addList(models);
  addShow(models);
  addImport(models);
  addExport(models);
  addCommand(models, 'remove', 'remove a model of your own')
    .argument('<id>', 'as listed')
    .action(async (id: string) => {
      await removeModel(id);
      process.stdout.write(`Removed ${id}.\n`);
    });
}

function addList(models: Command): void {
  addCommand(models, 'list', 'all of them (what `models` does alone)', { isDefault: true })
    .option('--json', 'as one JSON array')
    .action(async ({ json }: JsonOption) => {
      const { models: found, refused } = await readModels();
      for (const { path, reason } of refused) process.stderr.write(`Set aside ${path}: ${reason}\n`);
      const cards = found.map(({ card }) => card);
      process.stdout.write(json ? `${JSON.stringify(cards)}\n` : modelTable(cards));
    });
}

function addShow(models: Command): void {
  addCommand(models, 'show', 'what is known of a model')
    .argument('<id>', 'as listed')
    .option('--json', 'as one JSON object')
    .action(async (id: string, { json }: JsonOption) => {
      const { card } = await findModel(id);
      if (card) process.stdout.write(json ? `${JSON.stringify(card)}\n` : cardText(card));
    });
}

function addImport(models: Command): void {
  const command = addCommand(models, 'import', 'bring in an ONNX model that restores pictures')
    .argument('<file.onnx>', 'the model')
    .option('--name <text>', 'what it is called; the name of the file by default')
    .option('--licence <text>', 'under what it may be used')
    .option('--source <text>', 'where it comes from')
    .option(
      '--task <denoise|artefacts|upscale>',
      'what it is for, where it does not enlarge; denoise by default',
    )
    .option('--order <rgb|bgr>', 'order of its channels; found by trying')
    .option('--range <0..1|0..255|-1..1>', 'what it takes samples as; found by trying')
    .option('--json', 'the card as one JSON object')
    .action(async (file: string) => {
      const { json, ...options } = readOptions(command, importSchema);
      const card = await withCompute((compute, signal) =>
        importModel(compute, resolve(file), options, signal),
      );
      process.stdout.write(json ? `${JSON.stringify(card)}\n` : `Imported as ${card.id}.\n${cardText(card)}`);
    });
}

function addExport(models: Command): void {
  const command = addCommand(
    models,
    'export',
    'write a model with its card into one file, for another Relume or anything that runs ONNX',
  )
    .argument('<id>', 'as listed')
    .argument('<file.onnx>', 'a new file')
    .action(async (id: string, file: string) => {
      const { path, card } = await findModel(id);
      if (extname(file).toLowerCase() !== '.onnx')
        return command.error(`error: ${file} must end in .onnx, or no Relume would import it`);
      if (!card) throw new RelumeError({ code: 'no-card', message: `${id} is a bare file already.` });
      const output = resolve(file);
      await withCompute((compute, signal) => compute.call('exportModel', { path, card, output }, { signal }));
      process.stdout.write(`Wrote ${output}.\n`);
    });
}

function modelTable(cards: readonly ModelCard[]): string {
  return table(
    ['id', 'task', 'scores', 'licence'],
    cards.map(({ id, task, scores, licence }) => [
      id,
      task,
      scores.map(scoreText).join(', ') || '–',
      licence,
    ]),
  );
}

function scoreText({ set, sigma, quality, psnr }: ModelCard['scores'][number]): string {
  const damage = sigma === undefined ? '' : `, sigma ${sigma}`;
  const jpeg = quality === undefined ? '' : `, quality ${quality}`;
  return `${psnr.toFixed(2)} dB (${set}${damage}${jpeg})`;
}

function cardText(card: ModelCard): string {
  const { name, task, scale, summary, licence, source, data, parameters, convention, scores } = card;
  const rows: [string, string | undefined][] = [
    ['name', name],
    ['task', scale > 1 ? `${task} ${scale}x` : task],
    ['summary', summary],
    ['licence', licence],
    ['source', source],
    ['data', data],
    ['parameters', parameters.toLocaleString('en')],
    ['takes', convention && conventionText(convention)],
    ...scores.map((score): [string, string] => ['score', scoreText(score)]),
  ];
  return rows.flatMap(([head, text]) => (text ? [`${head.padEnd(10)}  ${text}\n`] : [])).join('');
}

function conventionText({ layout, channels, order, input, output, multiple, fixed }: Convention): string {
  const colours = channels === 1 ? 'one colour at a time' : order.toUpperCase();
  const size = fixed
    ? `${fixed.width} × ${fixed.height} only`
    : multiple > 1
      ? `multiples of ${multiple}`
      : 'any size';
  const noise = channels === 4 ? ['the noise level'] : [];
  const range = input === output ? input : `${input}, gives ${output}`;
  return [layout.toUpperCase(), colours, ...noise, range, size].join(', ');
}
