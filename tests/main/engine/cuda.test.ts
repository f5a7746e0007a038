import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installCuda, isCudaInstalled, refuseElsewhere, removeCuda } from '../../../main/engine/cuda.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let runtime: TemporaryFolder;
beforeEach(async () => {
  runtime = await temporaryFolder();
  await mkdir(join(runtime.path, 'script'));
  await mkdir(join(runtime.path, 'bin', 'napi-v6', process.platform, process.arch), { recursive: true });
});
afterEach(() => runtime.remove());

/** The package's installer, as this text. */
const installer = (text: string) => writeFile(join(runtime.path, 'script', 'install.js'), text);
const fetchTo = `bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime_providers_cuda.so`;

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('on Linux on x64', () => {
  it("installs what the package's own installer fetches, and takes it away again", async () => {
    await installer(
      `if (process.argv[2] === '--onnxruntime-node-install=cuda12') require('fs').writeFileSync('${fetchTo}', '');`,
    );
    await installCuda(runtime.path);
    expect(isCudaInstalled(runtime.path)).toBe(true);
    expect(await removeCuda(runtime.path)).toBe(true);
    expect(isCudaInstalled(runtime.path)).toBe(false);
    expect(await removeCuda(runtime.path)).toBe(false);
  });

  it('says where it comes from when it cannot be fetched, and leaves nothing half done', async () => {
    await installer(`require('fs').writeFileSync('${fetchTo}', ''); process.exit(3);`);
    await expect(installCuda(runtime.path)).rejects.toMatchObject({
      code: 'setup-failed',
      message: expect.stringMatching(/status 3.*api\.nuget\.org\. Nothing was changed\./),
    });
    expect(isCudaInstalled(runtime.path)).toBe(false);
  });
});

it('refuses where there are no such libraries', () => {
  expect(() => refuseElsewhere('darwin', 'arm64')).toThrow('not for darwin arm64; WebGPU runs there.');
  expect(() => refuseElsewhere('linux', 'x64')).not.toThrow();
});
