/** TensorFlow as a row in the list of devices. */
import type { Device } from '../../../preload/contract.ts';
import { precisionOf, type StartedDevice } from '../devices.ts';
import * as g from '../graph/graph.ts';
import { mse } from '../losses.ts';
import { supervised } from '../objective.ts';
import { initialState, objectiveParameters, Trainer } from '../trainer.ts';
import { TensorFlowUnavailable } from './availability.ts';
import { loadTensorFlow } from './load.ts';

/** Found by loading it and training a small network for one step. */
export async function tensorFlowDevice(): Promise<StartedDevice> {
  const id = 'tensorflow';
  const precision = precisionOf[id];
  try {
    const { name } = await loadTensorFlow();
    await tryStep();
    return { id, name, precision, available: true };
  } catch (error) {
    return { id, name: 'TensorFlow', precision, available: false, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TensorFlowUnavailable) return error.message;
  return `It could not be started: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
}

/** Relative to the largest parameter. Cards compute with TensorFloat-32 where they can: ten bits of mantissa. */
const tolerance = 5e-3;

/** @throws {TensorFlowUnavailable} when a step on it ends elsewhere than on the CPU */
async function tryStep(): Promise<void> {
  const [expected, actual] = await Promise.all([stepOn('cpu'), stepOn('tensorflow')]);
  const scale = Math.max(...expected.map(Math.abs));
  const off = expected.some(
    (value, i) => !(Math.abs(value - (actual[i] ?? Number.NaN)) <= tolerance * scale),
  );
  if (off) throw new TensorFlowUnavailable('wrong-result', 'It gave a wrong result in a first check.');
}

/** Parameters after one step. */
async function stepOn(device: Device['id']): Promise<Float32Array> {
  const shape = [1, 1, 8, 8];
  const objective = supervised(
    (x, weights) => g.conv2d(x, weights('w', [1, 1, 3, 3], 1), { pads: 'same' }),
    mse,
    {
      input: shape,
      target: shape,
    },
  );
  const trainer = await Trainer.create(
    { objective, device },
    initialState(objectiveParameters(objective), 1),
  );
  const input = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i));
  await trainer.step({ input, target: input.map((value) => value / 2) }, 1, 0.1, 0.5);
  const parameters = trainer.state.parameters.slice();
  await trainer.dispose();
  return parameters;
}
