import type { Page } from 'playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '../../preload/contract.ts';
import { keepScreen } from './keep-screen.ts';
import { callsOf, violations } from './open-window.ts';
import { sharedWindow, windowHost } from './window-suite.ts';

const rates = (fast: number, photo: number, upscale: number) =>
  Object.entries({ 'denoise-fast': fast, 'denoise-photo': photo, 'upscale-2x': upscale }).map(
    ([model, megapixelsPerSecond]) => ({ model, megapixelsPerSecond, difference: 0, correct: true }),
  );
const training = (stepsPerSecond: number) => ({ stepsPerSecond, difference: 0, correct: true });
const deviceRows: Device[] = [
  {
    id: 'cpu',
    name: 'CPU · AMD Ryzen 7 7840U with Radeon 780M Graphics',
    available: true,
    precision: 'float32',
    speed: { inference: rates(4.137, 4.1, 1.82), training: training(8.61) },
    fastestFor: [],
    verdict: 'Used where nothing else can be.',
  },
  {
    id: 'webgpu',
    name: 'AMD Radeon 780M (RADV PHOENIX) · WebGPU',
    available: true,
    precision: 'float32',
    speed: { inference: rates(21.4, 21.2, 9.71), training: training(11.2) },
    fastestFor: ['denoise-fast', 'denoise-photo', 'upscale-2x', 'training'],
    verdict: 'Fastest for everything.',
  },
  {
    id: 'cuda',
    name: 'GPU · CUDA',
    available: false,
    reason: 'Not installed: for an NVIDIA GPU, npm run engine:cuda adds it. WebGPU needs no installation.',
    precision: 'tf32',
    fastestFor: [],
    verdict: 'Not installed: for an NVIDIA GPU, npm run engine:cuda adds it. WebGPU needs no installation.',
  },
  {
    id: 'tensorflow',
    name: 'TensorFlow',
    available: false,
    reason: 'TensorFlow is not installed: npm run engine:tensorflow installs it.',
    precision: 'tf32',
    fastestFor: [],
    verdict: 'TensorFlow is not installed: npm run engine:tensorflow installs it.',
  },
];

describe('the Settings page', () => {
  const host = windowHost();
  const shared = sharedWindow(host, { deviceRows });
  let page: Page;
  beforeEach(async () => {
    page = shared.page;
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Devices' }).waitFor();
  });

  it('shows what is known of every device, and pins the one that is chosen', async () => {
    const row = page.getByRole('row', { name: /Radeon 780M \(RADV/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['32-bit', '21', '21', '9.7', '11']);
    expect(await row.textContent()).toContain('Fastest for everything.');
    const choices = page.getByRole('radio');
    expect(await choices.nth(0).isChecked()).toBe(true);
    await page.getByRole('radio', { name: /AMD Ryzen/ }).check();
    expect((await callsOf(page, 'settings.set'))[0]?.input).toEqual({ device: 'cpu' });
    expect(await page.getByRole('radio', { name: 'GPU · CUDA' }).isDisabled()).toBe(true);
  });

  it('measures again, sets threads and priority, and sets TensorFlow up', async () => {
    await page.getByRole('button', { name: 'Measure again' }).click();
    await page.getByRole('spinbutton', { name: 'Threads' }).fill('4');
    await page.getByRole('switch', { name: 'Stay responsive while training' }).uncheck();
    await page.getByRole('button', { name: 'Set up TensorFlow' }).click();
    await page.getByRole('status').filter({ hasText: 'No NVIDIA GPU was found.' }).waitFor();
    expect(await callsOf(page, 'devices.measure')).toHaveLength(1);
    expect((await callsOf(page, 'settings.set')).slice(1).map(({ input }) => input)).toEqual([
      { threads: 4 },
      { stayResponsive: false },
    ]);
    expect((await callsOf(page, 'engines.tensorflow'))[0]?.input).toEqual({ wanted: true });
  });

  it('shows at once what is known, and says what is waited for', async () => {
    const { page, complaints } = await host.open({ silent: ['devices.list'] });
    await page.getByRole('button', { name: 'Settings' }).click();
    expect(await page.getByRole('radio', { name: 'Automatic' }).isChecked()).toBe(true);
    expect(await page.getByRole('spinbutton', { name: 'Threads' }).inputValue()).toBe('0');
    expect(
      await page.getByRole('status').filter({ hasText: 'Trying the devices of this computer' }).count(),
    ).toBe(2);
    expect(await page.getByRole('button', { name: 'Measure' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Set up TensorFlow' }).isDisabled()).toBe(true);
    await keepScreen(page, 'settings-waiting');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is left for a workspace, which is as it was', async () => {
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByRole('button', { name: 'Try a sample' }).waitFor();
  });

  it.each([
    [1280, 800, '100%', 'dark'],
    [1024, 700, '100%', 'light'],
    [1280, 800, '200%', 'dark'],
  ])('is clear to axe and cut off nowhere at %i x %i, text at %s, %s', async (width, height, text, theme) => {
    await page.setViewportSize({ width, height });
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text);
    if (theme === 'light') await page.keyboard.press('t');
    expect(await violations(page)).toEqual([]);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('header, main, section, .button')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => part.className),
    );
    expect(cut).toEqual([]);
    if (theme === 'light') await page.keyboard.press('t');
    await keepScreen(page, `settings-${width}-${text}`);
  });
});
