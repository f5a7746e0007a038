import type { Page } from 'playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import { callsOf, chooseReference, contrastViolations, openDenoised, violations } from './open-window.ts';
import { sharedWindow, windowHost } from './window-suite.ts';

const host = windowHost();
const models = ['Relume One', 'Relume Two'];
const shared = sharedWindow(host, { models }, openDenoised);
let page: Page;

beforeEach(async () => {
  page = shared.page;
  // Whatever a test left: the fitted split, and the pointer beside the picture.
  await page.mouse.move(2, 2);
  await page.keyboard.press('s');
  await page.keyboard.press('0');
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const says = (words: RegExp) =>
  page
    .getByRole('status', { name: 'What the viewer shows' })
    .filter({ hasText: words })
    .waitFor({ state: 'attached' });
const settled = () => page.waitForFunction(() => !document.querySelector('.pending'));

async function pointAt(x: number, y: number) {
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('The viewer is not shown.');
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
}

/** Where a tile of a layer lies within its pane, for every pane that shows it. */
const inPanes = (layer: string) =>
  page.evaluate((name) => {
    return [...document.querySelectorAll('.pane')].map((pane) => {
      const own = pane.getBoundingClientRect();
      return [...pane.querySelectorAll(`[data-layer=${name}] canvas`)].map((tile) => {
        const { x, y, width, height } = tile.getBoundingClientRect();
        return [x - own.x, y - own.y, width, height].map((length) => Math.round(length * 100) / 100);
      });
    });
  }, layer);

describe('every mode', () => {
  it.each([
    ['s', 'Split', /^Split, whole picture$/],
    ['y', 'Side by side', /^Side by side, whole picture$/],
    ['h', 'Hold', /^Hold, whole picture$/],
    ['d', 'Difference', /^Difference × 8, whole picture$/],
    ['m', 'Grid', /^Grid: Original, Relume One, Relume Two, whole picture$/],
  ])('%s chooses it, it is announced, and axe finds nothing', async (key, name, words) => {
    await page.keyboard.press(key);
    expect(await button(name).getAttribute('aria-pressed')).toBe('true');
    await says(words);
    await page.keyboard.press('1');
    await says(/, 100 %$/);
    await settled();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('t');
    expect(await contrastViolations(page)).toEqual([]);
    await page.keyboard.press('t');
  });
});

describe('side by side', () => {
  it('shows the same part in both panes, to the pixel, through zoom and pan', async () => {
    await page.keyboard.press('y');
    for (const key of ['1', '4']) {
      await page.keyboard.press(key);
      await pointAt(0.2, 0.3);
      await page.mouse.wheel(0, -100);
      await settled();
      const [before, after] = await inPanes('source');
      expect(before?.length).toBeGreaterThan(0);
      expect(after).toEqual(before);
    }
  });

  it('turns from beside to above', async () => {
    const places = () =>
      page
        .locator('.pane')
        .evaluateAll((panes: HTMLElement[]) =>
          panes.map((pane) => [pane.offsetLeft > 0, pane.offsetTop > 0]),
        );
    await page.keyboard.press('y');
    const first = await places();
    await page.keyboard.press('v');
    const second = await places();
    expect([first, second].map(String).sort()).toEqual(['false,false,false,true', 'false,false,true,false']);
  });
});

describe('holding', () => {
  it('shows the original while the picture is pressed', async () => {
    await page.keyboard.press('h');
    expect(await page.locator('[data-layer=result]').isVisible()).toBe(true);
    await pointAt(0.5, 0.5);
    await page.mouse.down();
    await page.getByText('Original', { exact: true }).waitFor();
    expect(await page.locator('[data-layer=result]').isVisible()).toBe(false);
    await page.mouse.up();
    expect(await page.locator('[data-layer=result]').isVisible()).toBe(true);
  });
});

describe('the difference', () => {
  /** The first colour sample that is drawn in the middle of a tile. */
  const sample = () =>
    page.evaluate(() => {
      const shown = document.querySelector<HTMLCanvasElement>('[data-layer=difference] canvas:last-child');
      // A copy, because the browser warns of a canvas that is read again and again.
      const copy = new OffscreenCanvas(512, 512).getContext('2d', { willReadFrequently: true });
      if (!shown || !copy) return 0;
      copy.drawImage(shown, 0, 0);
      return copy.getImageData(100, 100, 1, 1).data[0] ?? 0;
    });

  it('is amplified by keys, on black or on grey', async () => {
    await page.keyboard.press('d');
    await settled();
    await expect.poll(sample).toBeGreaterThan(0);
    const eight = await sample();
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press('[');
    await page.locator('.pane').getByText('Difference', { exact: true }).waitFor();
    await expect.poll(async () => Math.min(255, 8 * (await sample()))).toBe(eight);
    const one = await sample();
    for (let presses = 0; presses < 2; presses++) await page.keyboard.press(']');
    await page.getByText('Difference × 4').waitFor();
    await expect.poll(sample).toBe(Math.min(255, 4 * one));
    for (let presses = 0; presses < 2; presses++) await page.keyboard.press('[');
    await page.keyboard.press('k');
    await page.waitForFunction(() => document.querySelector('.difference.grey'));
    await expect.poll(async () => Math.abs((await sample()) - 128)).toBe(one);
  });
});

describe('models side by side', () => {
  const own = sharedWindow(host, { models }, openDenoised);
  const made = async () => (await callsOf(page, 'restore.preview')).length;
  const previews = (count: number) => expect.poll(made).toBe(count);
  beforeEach(() => {
    page = own.page;
  });

  it('each cell has its own preview, at the same place', async () => {
    await page.keyboard.press('m');
    await previews(2);
    const [, second] = await callsOf(page, 'restore.preview');
    expect(JSON.stringify(second?.input)).toContain('model-2');
    await page.waitForFunction(
      () => document.querySelectorAll('[data-layer=result] canvas:not(.pending)').length >= 2,
    );
    await page.keyboard.press('1');
    await settled();
    const [first, ...others] = await inPanes('source');
    expect(others).toEqual([first, first]);
  });

  it('are followed again after another way to compare', async () => {
    const layers = () =>
      page
        .locator('[data-layer=result] canvas')
        .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-src')));
    await page.keyboard.press('m');
    await previews(2);
    await page.keyboard.press('s');
    await page.getByRole('slider', { name: 'Noise level', exact: true }).fill('30');
    await previews(3);
    await button('Grid').click();
    await previews(4);
    await page.waitForFunction(() => document.querySelector('[data-src*="preview-4/"]:not(.pending)'));
    expect((await layers()).join(' ')).toContain('preview-3/');
  });

  it('cells are chosen, added and removed', async () => {
    await page.keyboard.press('m');
    await page.getByLabel('Picture 3', { exact: true }).selectOption('original');
    await button('Add a model').click();
    expect(await page.getByLabel('Picture 4', { exact: true }).inputValue()).toBe('model-2');
    expect(await button('Add a model').count()).toBe(0);
    await button('Remove picture 1').click();
    expect(await page.locator('.pane').count()).toBe(3);
  });
});

describe('looking closely', () => {
  it('a loupe shows before and after beside the pointer', async () => {
    await button('Loupe').click();
    await pointAt(0.3, 0.3);
    const loupe = page.getByRole('img', { name: 'Before and after at 200 %' });
    await loupe.waitFor();
    const box = await loupe.boundingBox();
    const viewer = await page.getByRole('application').boundingBox();
    expect(box && viewer && box.x).toBeGreaterThan((viewer?.x ?? 0) + (viewer?.width ?? 0) * 0.3);
    await page.getByLabel('Loupe enlarges').selectOption('4');
    await page.getByRole('img', { name: 'Before and after at 400 %' }).waitFor();
    await says(/loupe 4 times/);
    await button('Loupe').click();
    expect(await page.getByRole('img', { name: /Before and after/ }).count()).toBe(0);
  });

  it('a loupe that is held goes when its key is let go', async () => {
    await page.keyboard.down('l');
    await page.getByRole('img', { name: /Before and after/ }).waitFor();
    await page.waitForTimeout(400);
    await page.keyboard.up('l');
    await page.getByRole('img', { name: /Before and after/ }).waitFor({ state: 'detached' });
  });

  it('a minimap shows where one is, moves the picture, and is only there when it is needed', async () => {
    const map = page.locator('.map');
    expect(await map.count()).toBe(0);
    await page.keyboard.press('2');
    const before = await map.locator('.window').boundingBox();
    const box = await map.boundingBox();
    if (!box || !before) throw new Error('The minimap is not shown.');
    await page.mouse.click(box.x + 20, box.y + 20);
    const after = await map.locator('.window').boundingBox();
    expect(after?.x).toBeLessThan(before.x);
    expect(after?.y).toBeLessThan(before.y);
    await page.keyboard.press('n');
    expect(await map.count()).toBe(0);
  });

  it('tells the values under the pointer, before and after, and none beside the picture', async () => {
    await page.keyboard.press('1');
    await pointAt(0.5, 0.5);
    const values = page.getByRole('group', { name: 'Pixel values' });
    await values.waitFor();
    const text = await values.innerText();
    const [x = 0, y = 0] = text.match(/\d+/g)?.map(Number) ?? [];
    expect(text.match(/\d+/g)?.map(Number)).toEqual([x, y, x % 256, y % 256, 128, x % 256, y % 256, 28]);
    await page.mouse.move(2, 2);
    await values.waitFor({ state: 'detached' });
  });
});

describe('a reference', () => {
  it('says how close before and after are to it, and again for another strength', async () => {
    await chooseReference(page, 'clean.png');
    await page.getByText('28.91 dB').waitFor();
    expect(await page.getByText('35.50 dB').isVisible()).toBe(true);
    await page.getByRole('slider', { name: 'Strength', exact: true }).fill('50');
    await page.waitForFunction(() =>
      window.calls.some(({ name, input }) => name === 'pictures.measure' && Object(input).strength === 50),
    );
    expect(await violations(page)).toEqual([]);
    await button('Stop measuring').click();
    expect(await page.getByText('28.91 dB').count()).toBe(0);
  });

  it('that does not fit says why', async () => {
    await chooseReference(page, 'tiny.png');
    await page.getByText('tiny.png is 8 × 8.').waitFor();
  });
});
