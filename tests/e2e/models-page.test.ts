import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Device, ListedModel } from '../../preload/contract.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { keepScreen } from './keep-screen.ts';
import { callsOf, choose, violations } from './open-window.ts';
import { sharedWindow, windowHost } from './window-suite.ts';

const common = { steps: 1, pixels: 1, parameters: 2_300_000, kMacPerPixel: 37, scale: 1, bytes: 4_600_000 };
const data =
  '429 photographs: CID22 training part (CC BY-SA 4.0), CLIC 2025 validation part (Unsplash licence), gb82 (CC0)';
const licence = 'MIT; the photographs it was trained on have their own licences, named under data.';
const scored = (set: string, psnr: number, facts = {}) => ({
  ...{ set, psnr, ssim: 0.9188, images: 68, command: '' },
  ...facts,
});

/** Models of every kind and origin. */
const shelf: ListedModel[] = [
  {
    ...{ ...common, id: 'denoise-fast', name: 'Denoise, fast', task: 'denoise', licence, data, sha256: 'a1' },
    summary: 'Removes noise of any level up to sigma 75; quick enough for whole folders on a processor.',
    scores: [scored('CBSD68', 33.03, { sigma: 15 }), scored('CBSD68', 30.56, { sigma: 25 })],
    origin: 'bundled',
  },
  {
    ...{ ...common, id: 'denoise-cat', name: 'denoise-my-cats', task: 'denoise', sha256: 'b2' },
    summary: 'Removes noise; trained on 212 photos.',
    licence: 'Your own: it follows the licences of the photos it was trained on.',
    data: '212 photos in cats',
    scores: [scored('held-out photos', 31.2, { images: 10, sigma: 25 })],
    origin: 'trained',
  },
  {
    ...{ ...common, id: 'deblock', name: 'Deblock', task: 'artefacts', licence, data, sha256: 'c3' },
    summary: 'Removes the blocks, ringing and colour smears of JPEG.',
    scores: [scored('CBSD68', 29.1, { quality: 20 })],
    origin: 'bundled',
  },
  {
    ...{ ...common, id: 'broken-4x', name: '4x Sharp', task: 'upscale', scale: 4, sha256: 'd4' },
    summary: 'Imported; 4 times larger a side.',
    licence: 'CC BY-NC 4.0',
    data: 'not stated',
    source: 'https://example.org/4x-sharp',
    scores: [],
    origin: 'imported',
  },
];
const deviceRows: Device[] = [
  {
    ...{ id: 'webgpu', name: 'AMD Radeon 780M · WebGPU', available: true, precision: 'float32' },
    speed: {
      inference: [{ model: 'denoise-fast', megapixelsPerSecond: 21.4, difference: 0, correct: true }],
    },
    fastestFor: ['denoise-fast'],
    verdict: 'Fastest.',
  },
];

const host = windowHost();
let page: Page;
const card = (name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });

async function openModels(): Promise<void> {
  await page.getByRole('button', { name: 'Models', exact: true }).click();
  await card('Denoise, fast').waitFor();
}

describe('the Models page', () => {
  const shared = sharedWindow(host, { shelf, deviceRows });
  beforeEach(() => {
    page = shared.page;
  });

  it('shows what is known of every model, with what it makes of the sample', async () => {
    await openModels();
    const words = await card('Denoise, fast').innerText();
    for (const each of [
      'Comes with Relume',
      '33.03 dB',
      'CBSD68, sigma 15, 68 pictures',
      '21 MP/s',
      '4.6 MB',
    ])
      expect(words).toContain(each);
    expect(words).toContain('on AMD Radeon 780M');
    await card('Denoise, fast').locator('.whole img').first().waitFor();
    const imported = await card('4x Sharp').innerText();
    for (const each of ['Imported', 'CC BY-NC 4.0', 'https://example.org/4x-sharp', 'not measured'])
      expect(imported).toContain(each);
    await card('4x Sharp').getByText('It could not be tried on the sample.').waitFor();
    expect(await violations(page)).toEqual([]);
    await keepScreen(page, 'models');
    await page.getByRole('main').getByRole('button', { name: 'Generate' }).click();
    await page.getByRole('heading', { name: 'Denoise, fast' }).waitFor({ state: 'detached' });
  });

  it('takes a model into Restore for what it is made for', async () => {
    await openModels();
    await page.getByRole('button', { name: 'Use in Restore: 4x Sharp' }).click();
    await choose(page, 'meadow.jpg');
    await page.getByText('6400 × 4400 pixels').waitFor();
    await openModels();
    await page.getByRole('button', { name: 'Use in Restore: Deblock' }).click();
    expect(await page.getByRole('switch', { name: 'Remove JPEG artefacts' }).isChecked()).toBe(true);
    await openModels();
    await page.getByRole('button', { name: 'Use in Restore: denoise-my-cats' }).click();
    await expect
      .poll(async () => (await callsOf(page, 'restore.preview')).at(-1)?.input)
      .toMatchObject({
        chain: [{ model: 'denoise-cat' }, { model: 'deblock' }, { model: 'broken-4x' }],
      });
  });

  it("exports any model, and removes only those that are the person's own, when it is meant", async () => {
    await openModels();
    await page.getByRole('button', { name: 'Export Denoise, fast' }).click();
    await expect.poll(() => page.evaluate(() => window.revealed)).toEqual(['/results/denoise-fast.onnx']);
    expect(
      await card('Denoise, fast')
        .getByRole('button', { name: /Remove/ })
        .count(),
    ).toBe(0);
    await page.getByRole('button', { name: 'Remove denoise-my-cats' }).click();
    const asked = page.getByRole('group', { name: 'Remove denoise-my-cats from this computer?' });
    await asked.getByRole('button', { name: 'Keep it' }).click();
    expect(await callsOf(page, 'models.remove')).toEqual([]);
    await page.getByRole('button', { name: 'Remove denoise-my-cats' }).click();
    await asked.getByRole('button', { name: 'Remove' }).click();
    await card('denoise-my-cats').waitFor({ state: 'detached' });
    expect((await callsOf(page, 'models.remove')).map(({ input }) => input)).toEqual([
      { model: 'denoise-cat' },
    ]);
  });
});

describe('importing', () => {
  const shared = sharedWindow(host, { shelf, deviceRows });
  beforeEach(() => {
    page = shared.page;
  });

  const form = () => page.getByRole('form');
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  /** Drops a file of this name, as from a file manager. */
  async function drop(name: string) {
    const file = join(folder.path, name);
    await writeFile(file, 'content comes from the stand-in');
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  }

  it('asks for licence and source, tries the file, and shows the new model', async () => {
    await openModels();
    const asked = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import a model…' }).click();
    await (await asked).setFiles({ name: 'soft.onnx', mimeType: '', buffer: Buffer.from('onnx') });
    await form().getByLabel('Name').fill('Soft');
    await form().getByLabel('Licence').fill('CC0');
    await form().getByLabel('Where it comes from').fill('a friend');
    await form().getByText('If its colours come out wrong').click();
    await form().getByLabel('Order of colours').selectOption('bgr');
    expect(await violations(page)).toEqual([]);
    await keepScreen(page, 'models-import');
    await form().getByRole('button', { name: 'Import' }).click();
    await card('Soft').waitFor();
    expect((await callsOf(page, 'models.import'))[0]?.input).toEqual({
      ...{ path: '/photos/soft.onnx', name: 'Soft', licence: 'CC0', source: 'a friend', order: 'bgr' },
    });
    expect(await form().count()).toBe(0);
  });

  it('takes a file that is dropped anywhere, and says why one is refused', async () => {
    await drop('broken.onnx');
    await form().getByRole('button', { name: 'Import' }).click();
    await form().getByText('broken.onnx is no ONNX model').waitFor();
    await form().getByRole('button', { name: 'Cancel' }).click();
    expect(await form().count()).toBe(0);
    expect(await callsOf(page, 'pictures.open')).toEqual([]);
  });

  it('leaves photos that are dropped there to Restore', async () => {
    await openModels();
    await drop('meadow.jpg');
    await page.getByRole('heading', { name: 'meadow.jpg' }).waitFor();
  });
});

describe('the layout', () => {
  const shared = sharedWindow(host, { shelf, deviceRows });
  beforeEach(() => {
    page = shared.page;
  });

  it.each([
    [1920, 1080, '100%'],
    [1024, 700, '100%'],
    [1280, 800, '200%'],
  ])('is clear to axe and cut off nowhere at %i x %i, text at %s', async (width, height, text) => {
    await page.setViewportSize({ width, height });
    await openModels();
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text);
    if (width === 1024) await page.keyboard.press('t');
    expect(await violations(page)).toEqual([]);
    if (width === 1024) await page.keyboard.press('t');
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('header, main, section, li, .button')]
        .filter(
          (part) =>
            part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > innerWidth + 1,
        )
        .map((part) => part.className),
    );
    expect(cut).toEqual([]);
    await keepScreen(page, `models-${width}-${text}`);
  });
});
