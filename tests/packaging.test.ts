import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
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
    await expect(validate({ ...config, asarUnpak: [] })).rejects.toThrow('asarUnpak');
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

type AsarEntry = { unpacked?: boolean | undefined; files?: Record<string, AsarEntry> | undefined };
const asarEntry: z.ZodType<AsarEntry> = z.object({
  unpacked: z.boolean().optional(),
  files: z
    .record(
      z.string(),
      z.lazy(() => asarEntry),
    )
    .optional(),
});

/** Every file in an archive, and whether it lies beside it. The header is JSON behind four lengths. */
async function readArchive(path: string): Promise<Map<string, boolean>> {
  const bytes = await readFile(path);
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString();
  const found = new Map<string, boolean>();
  const walk = ({ files, unpacked }: AsarEntry, name: string) => {
    if (!files) found.set(name, unpacked ?? false);
    for (const [child, entry] of Object.entries(files ?? {})) walk(entry, name ? `${name}/${child}` : child);
  };
  walk(asarEntry.parse(JSON.parse(header)), '');
  return found;
}

// Electron's runtime is a download, and laid out differently on each platform; a stand-in of the Linux one
// is enough to see what is put beside it.
describe.skipIf(process.platform !== 'linux')('a package', () => {
  let folder: string;
  let files: Map<string, boolean>;

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
    files = await readArchive(join(folder, 'release/linux-unpacked/resources/app.asar'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds every part of the build, the licence and the sample', async () => {
    for (const part of ['main', 'preload', 'renderer']) {
      for (const name of await readdir(join(appRoot, 'dist', part), {
        recursive: true,
        withFileTypes: true,
      })) {
        if (!name.isFile()) continue;
        expect(files.has(join(name.parentPath, name.name).slice(appRoot.length + 1))).toBe(true);
      }
    }
    expect(files.has('LICENSE')).toBe(true);
    expect([...files.keys()].some((name) => /^models\/sample\.\w+$/.test(name))).toBe(true);
  });

  it('holds the bundled weights outside the archive', async () => {
    const ids = await readdir(join(appRoot, 'models/weights'));
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) {
      const names = await readdir(join(appRoot, 'models/weights', id));
      expect(names).toContain('card.json');
      for (const name of names) expect(files.get(`models/weights/${id}/${name}`)).toBe(true);
    }
  });

  it('holds the native code of this platform alone, outside the archive', () => {
    const binaries = [...files].filter(([name]) => /\.(node|so(\.\d+)*|dylib|dll)$/.test(name));
    const foreign = binaries.filter(
      ([name]) => !name.includes(`linux/${process.arch}`) && !name.includes(`linux-${process.arch}`),
    );
    expect(foreign).toEqual([]);
    expect(binaries.filter(([, unpacked]) => !unpacked)).toEqual([]);
    expect(binaries.map(([name]) => name.split('/').at(-1))).toEqual(
      expect.arrayContaining(['onnxruntime_binding.node', 'libonnxruntime.so.1']),
    );
    expect(binaries.some(([name]) => name.startsWith('node_modules/@img/sharp-'))).toBe(true);
  });

  it('holds the decoders compiled to WebAssembly outside the archive, without their builds for browsers', () => {
    for (const name of ['libheif-js/libheif-wasm/libheif', 'libraw-wasm/dist/libraw']) {
      expect(files.get(`node_modules/${name}.wasm`)).toBe(true);
      expect(files.get(`node_modules/${name}.js`)).toBe(true);
    }
    expect([...files.keys()].filter((name) => /libheif-bundle|libraw\.js\.map/.test(name))).toEqual([]);
  });

  it('holds what runs and nothing else', () => {
    const roots = new Set([...files.keys()].map((name) => name.split('/')[0]));
    expect([...roots].sort()).toEqual(['LICENSE', 'dist', 'models', 'node_modules', 'package.json']);
    const sources = [...files.keys()].filter(
      (name) => !name.startsWith('node_modules') && name.endsWith('.ts'),
    );
    expect(sources).toEqual([]);
    for (const name of ['electron', 'vite', 'vitest', 'playwright', 'typescript']) {
      expect(files.has(`node_modules/${name}/package.json`)).toBe(false);
    }
  });
});
