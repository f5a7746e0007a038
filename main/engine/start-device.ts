/** Whether a device works at all. */
import { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import type { Device } from '../../preload/contract.ts';
import { deviceName, type Provider, precisionOf, type StartedDevice } from './devices.ts';
import * as g from './graph/graph.ts';
import { toOnnx } from './onnx.ts';
import { sessionOptions } from './session-options.ts';
import { startFailure } from './start-failure.ts';
import { tensorFlowDevice } from './tensorflow/device.ts';

/** Runs a small graph. A driver that crashes takes the process with it: this is for one that may end. */
export async function startDevice(id: Device['id']): Promise<StartedDevice> {
  if (id === 'tensorflow') return tensorFlowDevice();
  const reason = await whyUnavailable(id);
  const started = { id, name: deviceName(id), precision: precisionOf[id] };
  return reason === undefined ? { ...started, available: true } : { ...started, available: false, reason };
}

async function whyUnavailable(id: Provider): Promise<string | undefined> {
  if (!listSupportedBackends().some(({ name }) => name === id)) return startFailure(id, 'backend not found');
  const x = g.input('x', [1]);
  try {
    const session = await InferenceSession.create(toOnnx({ y: g.add(x, 1) }), sessionOptions(id));
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1), [1]) });
    await session.release();
    return y?.data[0] === 2 ? undefined : 'It gave a wrong result in a first check.';
  } catch (error) {
    return startFailure(id, error instanceof Error ? error.message : String(error));
  }
}
