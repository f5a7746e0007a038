/** `devices`: what networks can run on here. */
import type { Command } from 'commander';
import type { Device } from '../../preload/contract.ts';
import { withCompute } from './session.ts';
import { table } from './table.ts';
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
