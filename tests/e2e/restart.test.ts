import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { launchBrowser } from './browser.ts';

const names = ['one', 'two', 'three', 'four'];
const entry = join(import.meta.dirname, '../../dist/main/cli.js');

let browser: Browser;
let home: TemporaryFolder;
let photos: TemporaryFolder;
let relume: ChildProcess | undefined;

beforeEach(async () => {
  browser = await launchBrowser();
  home = await temporaryFolder();
  photos = await temporaryFolder();
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 25 };
  for (const name of names)
    await sharp({ create: { width: 700, height: 500, channels: 3, background: 'black', noise } })
      .png()
      .toFile(join(photos.path, `${name}.png`));
});
afterEach(async () => {
  await browser.close();
  await kill();
  await home.remove();
  await photos.remove();
});

/** Starts Relume as a process of its own. @returns the address of its window */
async function start(): Promise<string> {
  const started = spawn(process.execPath, [entry, 'serve', '--no-open'], {
    env: { ...process.env, RELUME_HOME: home.path },
  });
  relume = started;
  let said = '';
  return new Promise((resolve, reject) => {
    started.stderr.on('data', (chunk) => {
      said += chunk;
      const address = /http:\S+/.exec(said)?.[0];
      if (address) resolve(address);
    });
    started.once('exit', () => reject(new Error(`Relume did not start: ${said}`)));
  });
}

async function kill(): Promise<void> {
  if (!relume || relume.exitCode !== null || relume.signalCode !== null) return;
  const ended = once(relume, 'exit');
  relume.kill('SIGKILL');
  await ended;
}

async function openPage(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(await start());
  return page;
}

const drawer = (page: Page) => page.getByRole('complementary', { name: 'Jobs' });
const results = async () => (await readdir(join(home.path, 'results')).catch(() => [])).sort();

test('a batch that is killed in the middle goes on at the next start, and is reported as a whole', {
  timeout: 400_000,
}, async () => {
  const first = await openPage();
  await first
    .locator('input[type=file]')
    .setInputFiles(names.map((name) => join(photos.path, `${name}.png`)));
  await first.getByRole('button', { name: `Save all ${names.length}` }).click();
  await drawer(first)
    .getByText(/^[1-3] of 4 saved/)
    .waitFor({ timeout: 120_000 });
  await kill();
  const before = await results();
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(names.length);
  const bytes = await Promise.all(before.map((name) => readFile(join(home.path, 'results', name))));

  const second = await openPage();
  await drawer(second).getByText('4 of 4 saved').waitFor({ timeout: 120_000 });
  expect(await results()).toEqual(names.map((name) => `${name}-denoised.png`).sort());
  // What was done is not done again.
  expect(await Promise.all(before.map((name) => readFile(join(home.path, 'results', name))))).toEqual(bytes);

  const downloads: string[] = [];
  second.on('download', (download) => downloads.push(download.suggestedFilename()));
  await drawer(second).getByRole('button', { name: 'Download all 4' }).click();
  await expect.poll(() => downloads.length).toBe(4);
  expect(downloads.sort()).toEqual(await results());

  const downloaded = second.waitForEvent('download');
  await drawer(second).getByRole('button', { name: 'Report' }).click();
  const report = await readFile(await (await downloaded).path(), 'utf8');
  expect(report).toMatch(/^4 saved, 0 failed, 0 cancelled\n/);
  for (const name of names) expect(report).toContain(`${name}-denoised.png`);
});
