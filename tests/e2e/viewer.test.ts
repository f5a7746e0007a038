import type { Page } from 'playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDenoised } from './open-window.ts';
import { sharedWindow, windowHost } from './window-suite.ts';

const shared = sharedWindow(windowHost(), { pixelRatio: 1.5 }, openDenoised);
let page: Page;

beforeEach(async () => {
  page = shared.page;
  await page.keyboard.press('0');
});

const line = () => page.getByRole('slider', { name: 'Split between before and after' });
const surface = () => page.getByRole('application');
const zoom = () => page.getByLabel('Zoom', { exact: true }).textContent();

/** Waits for another zoom than `before`. */
const zoomed = (before: string | null) =>
  page.waitForFunction((text) => document.querySelector('output')?.textContent !== text, before);

/** Boxes of a layer's tiles, by the tile's place. */
const tiles = (layer: string) =>
  page.locator(layer).evaluate((stage) =>
    [...stage.querySelectorAll('canvas')].map((tile) => {
      const { x, y, width, height } = tile.getBoundingClientRect();
      return { place: (tile.dataset.src ?? '').split('/').slice(-3).join('/'), x, y, width, height };
    }),
  );

/** The picture's point under the middle of the viewer, as a share of its size. */
const pointAt = (at: { x: number; y: number }) =>
  page.evaluate(({ x, y }) => {
    const boxes = [...document.querySelectorAll('[data-layer=source] canvas')].map((tile) =>
      tile.getBoundingClientRect(),
    );
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    const right = Math.max(...boxes.map((box) => box.right));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    return { x: (x - left) / (right - left), y: (y - top) / (bottom - top) };
  }, at);

async function middle() {
  const box = await surface().boundingBox();
  if (!box) throw new Error('The viewer is not shown.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}

describe('the split', () => {
  it('follows the pointer and says what it shows', async () => {
    const { x, y, width } = await middle();
    await page.mouse.move(x + 5, y);
    await page.mouse.down();
    await page.mouse.move(x + 5 - width / 4, y, { steps: 4 });
    await page.mouse.up();
    expect(await line().getAttribute('aria-valuetext')).toBe('25 % before, 75 % after');
    const box = await line().boundingBox();
    expect(box && box.x + box.width / 2).toBeCloseTo(x - width / 4, 0);
  });

  it('moves by arrow keys to both ends and not past them', async () => {
    const before = Number(await line().getAttribute('aria-valuenow'));
    await line().press('ArrowRight');
    expect(Number(await line().getAttribute('aria-valuenow'))).toBe(before + 2);
    await line().press('End');
    await line().press('ArrowRight');
    expect(await line().getAttribute('aria-valuenow')).toBe('100');
  });

  it('gives way to the original while the key is held', async () => {
    await page.keyboard.down('b');
    expect(await page.getByText('Original', { exact: true }).isVisible()).toBe(true);
    expect(await page.locator('.result').isVisible()).toBe(false);
    await page.keyboard.up('b');
    expect(await page.locator('.result').isVisible()).toBe(true);
  });
});

describe('zoom and pan', () => {
  it('fits at first, and goes to 100 % and 200 % of device pixels', async () => {
    expect(await page.getByRole('button', { name: 'Fit' }).getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('1');
    expect(await zoom()).toBe('100 %');
    await page.getByRole('button', { name: '200 %' }).click();
    expect(await zoom()).toBe('200 %');
    const { width } =
      (await tiles('[data-layer=source]')).find(({ place }) => place.startsWith('0/1/')) ?? {};
    expect(width).toBeCloseTo((512 * 2) / 1.5, 1);
  });

  it('zooms towards the pointer', async () => {
    await page.keyboard.press('1');
    const { x, y } = await middle();
    const pointer = { x: x + 130, y: y - 90 };
    await page.mouse.move(pointer.x, pointer.y);
    await page.mouse.wheel(0, -200);
    await zoomed('100 %');
    // All of the picture's edges are out of sight, so the point is measured on one tile.
    const [before] = await tiles('[data-layer=source]');
    const reached = await zoom();
    await page.mouse.wheel(0, -200);
    await zoomed(reached);
    const after = (await tiles('[data-layer=source]')).find(({ place }) => place === before?.place);
    if (!before || !after) throw new Error('The tile under the pointer is not drawn any more.');
    const inTile = (box: typeof before) => [
      (pointer.x - box.x) / box.width,
      (pointer.y - box.y) / box.height,
    ];
    for (const [axis, share] of inTile(after).entries())
      expect(share).toBeCloseTo(inTile(before)[axis] ?? 0, 1.7);
  });

  it('keeps both layers in register, and at 100 % and more on whole device pixels', async () => {
    for (const key of ['0', '1', '2', '4', '-']) {
      await page.keyboard.press(key);
      await page.waitForFunction(() => {
        const places = (layer: string) =>
          [...document.querySelectorAll<HTMLCanvasElement>(`${layer} canvas`)]
            .map(({ dataset }) => dataset.src?.split('/').slice(-3).join('/'))
            .sort()
            .join(' ');
        return places('[data-layer=source]') === places('[data-layer=result]');
      });
      const result = new Map((await tiles('[data-layer=result]')).map((tile) => [tile.place, tile]));
      const source = await tiles('[data-layer=source]');
      expect(source.length).toBeGreaterThan(0);
      for (const tile of source) {
        expect(result.get(tile.place)).toEqual(tile);
        // The browser lays out in 64ths of a pixel, and the zoom doubles what that leaves.
        if (key !== '0') expect(Math.abs(tile.x * 1.5 - Math.round(tile.x * 1.5))).toBeLessThan(0.1);
      }
    }
  });

  it('holds only tiles in sight, and shows squares above 200 %', async () => {
    for (let presses = 0; presses < 6; presses++) await page.keyboard.press('+');
    await page.waitForFunction(() => document.querySelectorAll('[data-layer=source] canvas').length <= 3);
    const source = page.locator('[data-layer=source] canvas');
    expect(await source.last().evaluate((tile) => getComputedStyle(tile).imageRendering)).toBe('pixelated');
  });

  it('pans by drag and by arrow keys, and never loses the picture', async () => {
    await page.keyboard.press('2');
    const { x, y } = await middle();
    const start = await tiles('[data-layer=source]');
    await page.mouse.move(x - 100, y);
    await page.mouse.down();
    await page.mouse.move(x - 140, y - 30, { steps: 3 });
    await page.mouse.up();
    const moved = await tiles('[data-layer=source]');
    const [tile] = moved.filter(({ place }) => start.some((before) => before.place === place));
    const before = start.find(({ place }) => place === tile?.place);
    expect(tile && before && [tile.x - before.x, tile.y - before.y].map(Math.round)).toEqual([-40, -30]);
    await surface().focus();
    for (let presses = 0; presses < 60; presses++) await page.keyboard.press('ArrowLeft');
    expect((await pointAt({ x: 0, y })).x).toBeLessThanOrEqual(0.5);
    const box = await surface().boundingBox();
    const left = Math.min(...(await tiles('[data-layer=source]')).map((tile) => tile.x));
    expect(left).toBeCloseTo(box?.x ?? Number.NaN, 0);
  });
});
