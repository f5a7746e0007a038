/** Every device of this machine: speed, agreement with the CPU, and share of the device's own peak. */
import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { probeInference, probeTraining } from '../../main/devices/probe.ts';
import { multiplyAccumulates } from '../../main/engine/cost.ts';
import { providersOf } from '../../main/engine/devices.ts';
import * as g from '../../main/engine/graph/graph.ts';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { toOnnx } from '../../main/engine/onnx.ts';
import { startDevice } from '../../main/engine/start-device.ts';
import { readModels } from '../../main/library/models.ts';
import { bundledModels } from '../../main/library/paths.ts';
import type { Device, ModelCard } from '../../preload/contract.ts';
import { best, print } from './measure.ts';

/** Of the bare convolution. On a GPU in software it takes a while. */
const side = 256;

/** A network of one convolution from 3 to 64 channels, eight from 64 to 64, and one back. */
function bareConvolutions(): { onnx: Uint8Array; gigaflops: number } {
  const parameters = new Map<string, Float32Array>();
  const conv = (x: g.Node, ci: number, co: number, name: string) => {
    parameters.set(
      name,
      Float32Array.from({ length: ci * co * 9 }, () => randomInt(1000) / 1e5 - 0.005),
    );
    return g.conv2d(x, g.parameter(name, [co, ci, 3, 3]), { pads: 'same' });
  };
  let x = conv(g.input('x', [1, 3, side, side]), 3, 64, 'first');
  for (let i = 0; i < 8; i++) x = conv(x, 64, 64, `middle${i}`);
  const output = conv(x, 64, 3, 'last');
  return { onnx: toOnnx({ output }, { parameters }), gigaflops: (2 * multiplyAccumulates(output)) / 1e9 };
}

async function peakOf(id: Device['id']): Promise<number> {
  const { onnx, gigaflops } = bareConvolutions();
  const network = await loadNetwork(onnx, id);
  const picture = new Float32Array(3 * side * side).fill(0.5);
  const seconds = await best(3, () => network.run(picture, side, side));
  await network.dispose();
  return gigaflops / seconds;
}

const ids: readonly Device['id'][] = ['cpu', ...providersOf(process.platform, process.arch), 'tensorflow'];

it('measures every device', { timeout: 3_600_000 }, async () => {
  const { models } = await readModels([bundledModels]);
  const head = ['device', 'task', 'rate', 'difference from the CPU', 'GF/s', 'of its convolution peak'];
  const rows: string[][] = [head];
  for (const id of ids) {
    const { name, available, reason } = await startDevice(id);
    if (!available) {
      rows.push([name, reason ?? '', '', '', '', '']);
      continue;
    }
    const before = await peakOf(id);
    const speeds: (Awaited<ReturnType<typeof probeInference>> & { card: ModelCard })[] = [];
    for (const model of models) speeds.push({ card: model.card, ...(await probeInference(id, model)) });
    // The machine's speed drifts: the peak is taken on both sides of the measurement.
    const peak = Math.max(before, await peakOf(id));
    for (const { card, megapixelsPerSecond, difference } of speeds) {
      // Millions of pixels times thousands of operations each.
      const rate = 2 * megapixelsPerSecond * card.kMacPerPixel;
      rows.push([
        name,
        card.id,
        `${megapixelsPerSecond.toPrecision(3)} MP/s`,
        difference.toExponential(1),
        rate.toPrecision(3),
        (rate / peak).toFixed(2),
      ]);
    }
    const { stepsPerSecond, difference } = await probeTraining(id);
    rows.push([
      name,
      'training',
      `${stepsPerSecond.toPrecision(3)} steps/s`,
      difference.toExponential(1),
      '',
      '',
    ]);
  }
  print('Devices', rows);
  expect(rows.length).toBeGreaterThan(models.length);
});
