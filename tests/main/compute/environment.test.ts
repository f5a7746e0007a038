import { expect, it } from 'vitest';
import { computeEnvironment } from '../../../main/compute/environment.ts';

it("keeps ONNX Runtime's telemetry off, and passes everything else on", () => {
  expect(computeEnvironment()).toEqual({ ...process.env, ORT_DISABLE_TELEMETRY: '1' });
});
