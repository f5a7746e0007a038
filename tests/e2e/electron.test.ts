import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addHalvingModel } from '../main/compute/halving-model.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { noisyPhoto, restorePhoto } from './whole-app.ts';

const root = join(import.meta.dirname, '../..');
const runtime = join(dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'dist');
const installed = existsSync(runtime);
if (!installed) process.stderr.write(`Electron is not tried: its runtime is not in ${runtime}.\n`);

describe.skipIf(!installed)('under a real Electron', () => {
  let home: TemporaryFolder;
  let app: ElectronApplication;
  let page: Page;
  let complaints: string[];

  beforeEach(async () => {
    home = await temporaryFolder();
    await addHalvingModel(join(home.path, 'models'), 'halving');
    const env = { ...process.env, RELUME_HOME: home.path, NODE_OPTIONS: '' };
    // A test machine's user may not own the helper of Chromium's sandbox; the pages stay sandboxed elsewhere.
    const args = process.platform === 'linux' ? ['--no-sandbox', root] : [root];
    app = await electron.launch({ args, env });
    page = await app.firstWindow();
    complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await app.close();
    await home.remove();
  });

  test('a photo goes in noisy, is compared, and its copy lies beside it', async () => {
    await restorePhoto(page, await noisyPhoto(home.path), async () =>
      join(home.path, 'noisy photo-denoised.png'),
    );
    expect(complaints).toEqual([]);
  });

  test('the page has no Node, and the bridge is all it sees', async () => {
    const seen = await page.evaluate(() => [
      typeof Reflect.get(window, 'require'),
      typeof Reflect.get(window, 'process'),
    ]);
    expect(seen).toEqual(['undefined', 'undefined']);
    const failure = await page.evaluate(() =>
      window.relume?.call('pictures.open', Object.create(null)).catch((error: unknown) => error),
    );
    expect(failure).toMatchObject({ code: 'bad-request', message: expect.stringContaining('pictures.open') });
  });

  test('the page cannot leave, open windows or reach the network', async () => {
    const network = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'answered',
        () => 'refused',
      ),
    );
    expect(network).toBe('refused');
    expect(await page.evaluate(() => window.open('https://example.org/'))).toBe(null);
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await page.getByRole('main').waitFor();
    expect(page.url()).toMatch(/^relume:\/\/app\//);
    expect(app.windows().length).toBe(1);
  });

  test('a compute process that is killed comes back with the next request', async () => {
    const devices = () => page.evaluate(() => window.relume?.call('devices.list', {}));
    expect(await devices()).toContainEqual(expect.objectContaining({ id: 'cpu', available: true }));
    await app.evaluate(({ app: electronApp }) => {
      const compute = electronApp.getAppMetrics().find(({ name }) => name === 'Relume compute');
      if (compute) process.kill(compute.pid, 'SIGKILL');
    });
    await expect
      .poll(() => devices().catch(() => []), { timeout: 30_000 })
      .toContainEqual(expect.objectContaining({ id: 'cpu', available: true }));
  });
});
