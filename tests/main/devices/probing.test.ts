import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measureInProcess, startInProcess } from '../../../main/devices/probing.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

/** A process that tries a device, as this text. */
async function entry(text: string): Promise<string> {
  const path = join(folder.path, 'probe.mjs');
  await writeFile(path, text);
  return path;
}

const started = { id: 'webgpu', name: 'GPU · WebGPU', precision: 'float32', available: true };
const send = (message: object) => `process.send(${JSON.stringify(message)});\n`;
const end = 'process.disconnect();\n';
const speed = { model: 'a', megapixelsPerSecond: 3, difference: 0, correct: true };
const training = { stepsPerSecond: 2, difference: 0, correct: true };
const models = [{ id: 'a', path: '/a.onnx' }];

describe('starting a device', () => {
  it('names it after the GPU that its libraries tell of', async () => {
    const log = `process.stderr.write('Using "Radeon 780M" with driver: "x"');\n`;
    const path = await entry(log + send({ kind: 'started', device: started }) + end);
    expect(await startInProcess('webgpu', path)).toEqual({ ...started, name: 'Radeon 780M · WebGPU' });
  });

  it('outlives a driver that crashes, and says so', async () => {
    const path = await entry("process.kill(process.pid, 'SIGSEGV');");
    expect(await startInProcess('webgpu', path)).toEqual({
      id: 'webgpu',
      name: 'GPU · WebGPU',
      precision: 'float32',
      available: false,
      reason: 'Its driver failed at a first try: the process that tried ended with SIGSEGV.',
    });
  });
});

describe('measuring a device', () => {
  it('gives what the process has measured', async () => {
    const path = await entry(
      send({ kind: 'started', device: started }) +
        send({ kind: 'inference', speed }) +
        send({ kind: 'training', speed: training }) +
        end,
    );
    expect(await measureInProcess('webgpu', models, path)).toEqual({ inference: [speed], training });
  });

  it('outlives a crash in the middle, which counts as a failure', async () => {
    const path = await entry(`${send({ kind: 'inference', speed })}setTimeout(() => process.abort(), 100);`);
    await expect(measureInProcess('webgpu', models, path)).rejects.toMatchObject({
      code: 'probe-failed',
      message: 'While it was measured, the process that tried ended with SIGABRT.',
    });
  });

  it('ends one that takes too long, and counts what is missing as infinitely slow', async () => {
    const path = await entry(`${send({ kind: 'inference', speed })}setTimeout(() => {}, 60_000);`);
    const two = [...models, { id: 'b', path: '/b.onnx' }];
    expect(await measureInProcess('webgpu', two, path, 3)).toEqual({
      inference: [speed, { model: 'b', megapixelsPerSecond: 0, difference: 0, correct: true }],
      training: { stepsPerSecond: 0, difference: 0, correct: true },
    });
    await expect(measureInProcess('cpu', two, path, 3)).rejects.toThrow('it took longer than 3 seconds');
  });
});
