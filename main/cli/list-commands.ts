/** `devices` and `models`: what there is on this machine. */
import type { Command } from 'commander';
import type { Device, ModelCard } from '../../preload/contract.ts';
import { readModels } from '../library/models.ts';
import { withCompute } from './session.ts';
import { addCommand } from './usage.ts';

interface ListOptions {
  readonly json?: true;
}

export function addDevices(program: Command): void {
  addCommand(program, 'devices', 'list what networks can run on, and how fast')
    .option('--probe', 'measure every device anew')
    .option('--json', 'as one JSON array')
    .action(async ({ json, probe }: ListOptions & { readonly probe?: true }) => {
      const measure = probe ? 'again' : 'needed';
      const onProgress = () => void process.stderr.write('Measuring the devices…\n');
      const devices = await withCompute((compute, signal) =>
        compute.call('devices', { measure }, { signal, onProgress }),
      );
      process.stdout.write(json ? `${JSON.stringify(devices)}\n` : deviceTable(devices));
    });
}

export function addModels(program: Command): void {
  addCommand(program, 'models', 'list the models that can be used')
    .option('--json', 'as one JSON array')
    .action(async ({ json }: ListOptions) => {
      const { models, refused } = await readModels();
      for (const { path, reason } of refused) process.stderr.write(`Set aside ${path}: ${reason}\n`);
      const cards = models.map(({ card }) => card);
      process.stdout.write(json ? `${JSON.stringify(cards)}\n` : modelTable(cards));
    });
}

function deviceTable(devices: readonly Device[]): string {
  const models = [
    ...new Set(devices.flatMap(({ speed }) => (speed?.inference ?? []).map(({ model }) => model))),
  ];
  const isMeasured = models.length > 0;
  const rate = ({ speed }: Device, model: string) => {
    const found = speed?.inference.find((each) => each.model === model);
    if (!found) return '–';
    return found.correct ? rateText(found.megapixelsPerSecond, 'MP/s') : 'wrong';
  };
  const steps = ({ speed }: Device) => {
    if (!speed?.training) return '–';
    return speed.training.correct ? rateText(speed.training.stepsPerSecond, 'steps/s') : 'wrong';
  };
  const measured = (device: Device) =>
    isMeasured ? [...models.map((model) => rate(device, model)), steps(device)] : [];
  return table(
    ['id', 'name', 'precision', ...(isMeasured ? [...models, 'training'] : []), 'verdict'],
    devices.map((each) => [each.id, each.name, each.precision, ...measured(each), each.verdict]),
  );
}

const rateText = (rate: number, unit: string) => (rate > 0 ? `${rate.toPrecision(3)} ${unit}` : 'too slow');

function modelTable(cards: readonly ModelCard[]): string {
  const score = ({ set, sigma, quality, psnr }: ModelCard['scores'][number]) => {
    const damage = sigma === undefined ? '' : `, sigma ${sigma}`;
    const jpeg = quality === undefined ? '' : `, quality ${quality}`;
    return `${psnr.toFixed(2)} dB (${set}${damage}${jpeg})`;
  };
  return table(
    ['id', 'task', 'scores', 'licence'],
    cards.map(({ id, task, scores, licence }) => [id, task, scores.map(score).join(', ') || '–', licence]),
  );
}

/** Columns as wide as their longest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
