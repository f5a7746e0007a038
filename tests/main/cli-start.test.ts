import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProgram } from '../../main/cli/program.ts';
import { restoreRecordSchema } from '../../main/cli/restore-report.ts';
import { appRoot } from '../../main/library/paths.ts';
import { isStale } from '../../main/start/build.mjs';
import { commands } from '../../main/start/commands.mjs';
import { whyNotHere } from '../../main/start/electron.mjs';
import { ended } from './cli/built-cli.ts';

const onWindows = process.platform === 'win32';

it('takes every command for one, and no file of that name', () => {
  const names = createProgram().commands.map((command) => command.name());
  expect(commands).toEqual([...names, 'help'].sort());
});

describe('the build', () => {
  const sources = ['main/cli.ts', 'main/jobs/queue.ts', 'preload/contract.ts', 'renderer/main.ts'];
  const others = ['models/denoiser.ts', 'vite.config.ts', 'package.json', 'package-lock.json'];
  const built = ['dist/main/cli.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html'];
  const [old, later, latest] = [new Date(2026, 1, 1), new Date(2026, 1, 2), new Date(2026, 1, 3)];
  let root: string;

  async function put(name: string, time: Date): Promise<void> {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), '');
    await utimes(join(root, name), time, time);
  }

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'relume-start-'));
    for (const name of [...sources, ...others]) await put(name, old);
    for (const name of built) await put(name, later);
    for (const folder of ['main', 'main/jobs', 'preload', 'renderer', 'models']) {
      await utimes(join(root, folder), old, old);
    }
  });
  afterEach(() => rm(root, { recursive: true }));

  it('is fresh when every part of it is newer than every source', () => {
    expect(isStale(root)).toBe(false);
  });

  it.each([...sources, ...others])('is stale when %s is newer', async (name) => {
    await put(name, latest);
    expect(isStale(root)).toBe(true);
  });

  it.each(built)('is stale when %s is missing', async (name) => {
    await unlink(join(root, name));
    expect(isStale(root)).toBe(true);
  });

  it('is stale when a source was removed', async () => {
    await unlink(join(root, 'main/jobs/queue.ts'));
    expect(isStale(root)).toBe(true);
  });

  it('does not depend on weights', async () => {
    await put('models/weights/denoise-fast/model.onnx', latest);
    await utimes(join(root, 'models'), old, old);
    expect(isStale(root)).toBe(false);
  });
});

describe('Electron', () => {
  it.each([
    ['linux', {}, 1000, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, 0, 'Electron does not run as root'],
    ['linux', { DISPLAY: ':0' }, 1000, undefined],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, undefined],
    ['darwin', {}, 501, undefined],
    ['win32', {}, undefined, undefined],
  ] as const)('on %s with %j as user %s: %s', (platform, env, user, reason) => {
    expect(whyNotHere(platform, env, user)).toBe(reason);
  });
});

describe('npm start', () => {
  const npmStart = (...args: string[]) => {
    // A stale build would be built anew under the feet of the other tests.
    if (isStale(appRoot)) throw new Error('The build is stale: run "npm run build" first.');
    // What an npm around this run was told must not reach the inner one.
    const { npm_config_loglevel: _, ...env } = process.env;
    return ended(spawn('npm', ['start', '--', ...args], { cwd: appRoot, env, shell: onWindows }));
  };

  it('hands its arguments to the command line', async () => {
    expect((await npmStart('--help')).stdout).toMatch(/^Usage: npm start --/);
  });

  it('keeps standard output to the results, and the exit status', async () => {
    const { stdout, status } = await npmStart('denoise', 'missing.jpg', '--json');
    expect(restoreRecordSchema.parse(JSON.parse(stdout))).toMatchObject({ file: 'missing.jpg' });
    expect(status).toBe(1);
  });
});
