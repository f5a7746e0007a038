import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRoot } from '../main/library/paths.ts';

const electronBuilder = createRequire(
  createRequire(import.meta.url).resolve('electron-builder/package.json'),
);

/** What electron-builder itself does with a configuration before it packages anything. */
const configuration: {
  getConfig(root: string, file: string | null, options: object): Promise<Record<string, unknown>>;
  validateConfiguration(config: object, log: { isEnabled: boolean }): Promise<void>;
} = electronBuilder('app-builder-lib/out/util/config/config');

const readConfiguration = () => configuration.getConfig(appRoot, 'electron-builder.yml', {});
const validate = (config: object) => configuration.validateConfiguration(config, { isEnabled: false });

describe('electron-builder.yml', () => {
  it("agrees with electron-builder's own schema", async () => {
    await validate(await readConfiguration());
  });

  it('would be refused with an option that does not exist', async () => {
    const config = await readConfiguration();
    await expect(validate({ ...config, extraFile: [] })).rejects.toThrow('extraFile');
  });

  it('makes the packages of each platform, and publishes nothing', async () => {
    const config = await readConfiguration();
    expect(config).toMatchObject({
      publish: null,
      linux: { target: ['AppImage', 'deb'] },
      mac: { target: [{ target: 'dmg', arch: 'arm64' }] },
      win: { target: [{ target: 'nsis', arch: 'x64' }] },
    });
  });
});

/** Files in a folder and those below it, by their path from it. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

// Electron's runtime is a download, and laid out differently on each platform; a stand-in of the Linux one
// is enough to see what is put beside it.
describe.skipIf(process.platform !== 'linux')('a package', () => {
  let folder: string;
  let app: string;
  let files: Set<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relume-package-'));
    const runtime = join(folder, 'runtime');
    await mkdir(join(runtime, 'resources'), { recursive: true });
    await mkdir(join(runtime, 'locales'));
    for (const name of ['electron', 'chrome-sandbox', 'LICENSES.chromium.html']) {
      await writeFile(join(runtime, name), '', { mode: 0o755 });
    }
    await cp(join(appRoot, 'node_modules/electron/LICENSE'), join(runtime, 'LICENSE'));
    await promisify(execFile)(
      process.execPath,
      [
        electronBuilder.resolve('electron-builder/cli.js'),
        ...['--dir', `-c.electronDist=${runtime}`, `-c.directories.output=${join(folder, 'release')}`],
      ],
      { cwd: appRoot, maxBuffer: 2 ** 26 },
    );
    app = join(folder, 'release/linux-unpacked/resources/app');
    files = new Set(await filesBelow(app));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds every part of the build, the licence and the sample', async () => {
    for (const part of ['main', 'preload', 'renderer']) {
      for (const name of await filesBelow(join(appRoot, 'dist', part)))
        expect(files).toContain(`dist/${part}/${name}`);
    }
    expect(files).toContain('LICENSE');
    expect([...files].some((name) => /^models\/sample\.\w+$/.test(name))).toBe(true);
  });

  it('holds the bundled weights', async () => {
    const ids = await readdir(join(appRoot, 'models/weights'));
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) {
      const names = await readdir(join(appRoot, 'models/weights', id));
      expect(names).toContain('card.json');
      for (const name of names) expect(files).toContain(`models/weights/${id}/${name}`);
    }
  });

  it('holds the native code of this platform alone', () => {
    const binaries = [...files].filter((name) => /\.(node|so(\.\d+)*|dylib|dll)$/.test(name));
    const foreign = binaries.filter(
      (name) => !name.includes(`linux/${process.arch}`) && !name.includes(`linux-${process.arch}`),
    );
    expect(foreign).toEqual([]);
    expect(binaries.map((name) => name.split('/').at(-1))).toEqual(
      expect.arrayContaining(['onnxruntime_binding.node', 'libonnxruntime.so.1']),
    );
    expect(binaries.some((name) => name.startsWith('node_modules/@img/sharp-'))).toBe(true);
  });

  it('holds the decoders compiled to WebAssembly without their builds for browsers', () => {
    for (const name of ['libheif-js/libheif-wasm/libheif', 'libraw-wasm/dist/libraw']) {
      expect(files).toContain(`node_modules/${name}.wasm`);
      expect(files).toContain(`node_modules/${name}.js`);
    }
    expect([...files].filter((name) => /libheif-bundle|libraw\.js\.map/.test(name))).toEqual([]);
  });

  it('holds what runs and nothing else', () => {
    const roots = new Set([...files].map((name) => name.split('/')[0]));
    expect([...roots].sort()).toEqual(['LICENSE', 'dist', 'models', 'node_modules', 'package.json']);
    const sources = [...files].filter((name) => !name.startsWith('node_modules') && name.endsWith('.ts'));
    expect(sources).toEqual([]);
    for (const name of ['electron', 'vite', 'vitest', 'playwright', 'typescript']) {
      expect(files).not.toContain(`node_modules/${name}/package.json`);
    }
  });

  it('restores pictures, with Node in place of Electron', async () => {
    await sharp({ create: { width: 40, height: 24, channels: 3, background: '#777' } }).toFile(
      join(folder, 'grey.png'),
    );
    await cp(join(appRoot, 'tests/fixtures/heic/colours.heic'), join(folder, 'colours.heic'));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(app, 'dist/main/cli.js'), 'denoise', 'grey.png', 'colours.heic', '--device', 'cpu', '--json'],
      { cwd: folder, env: { ...process.env, RELUME_HOME: join(folder, 'home') } },
    );
    expect(stdout.trim().split('\n')).toHaveLength(2);
    const made = (await readdir(folder)).filter((name) => name.includes('denoised'));
    expect(made.sort()).toEqual(['colours-denoised.jpg', 'grey-denoised.png']);
  });
});
