import { describe, expect, it } from 'vitest';
import { callsOf, openDenoised, violations } from './open-window.ts';
import { windowSuite } from './window-suite.ts';

const suite = windowSuite({ others: [{ task: 'upscale', scale: 2 }] });

/** Opens the sample, 1600 x 1100, and waits for its result of 3200 x 2200. */
async function openEnlarged() {
  await openDenoised(suite.page);
  await suite.page.getByLabel('Enlarge').selectOption('upscale-2x');
  await suite.page.locator('[data-layer=result] [data-src*="-2x/"]').first().waitFor();
  await settled();
}

const settled = () => suite.page.waitForFunction(() => !document.querySelector('.pending'));

/** Where a layer's tiles reach to in the first pane that shows it: left, top, right, bottom. */
const extent = (layer: string) =>
  suite.page.evaluate((name) => {
    const [first] = document.querySelectorAll(`[data-layer=${name}]`);
    const boxes = [...(first?.querySelectorAll('canvas') ?? [])].map((tile) => tile.getBoundingClientRect());
    const edges = [
      Math.min(...boxes.map(({ left }) => left)),
      Math.min(...boxes.map(({ top }) => top)),
      Math.max(...boxes.map(({ right }) => right)),
      Math.max(...boxes.map(({ bottom }) => bottom)),
    ];
    return edges.map((edge) => Math.round(edge * 100) / 100);
  }, layer);

describe('a result that is larger than its source', () => {
  it('lies exactly over the source, in the whole picture and at 100 % of its own pixels', async () => {
    await openEnlarged();
    expect(await extent('result')).toEqual(await extent('source'));
    await suite.page.keyboard.press('1');
    await suite.page.waitForTimeout(200);
    await settled();
    const [left = 0, , right = 0] = await extent('source');
    // Whole tiles of 512 source pixels, each shown two pixels wide.
    expect((right - left) % 1024 === 0 || right - left === 3200).toBe(true);
    const widths = await suite.page.evaluate(() =>
      [...document.querySelectorAll<HTMLCanvasElement>('[data-layer=result] [data-src*="-2x/0/"]')].map(
        (tile) => tile.getBoundingClientRect().width / tile.width,
      ),
    );
    expect([...new Set(widths)]).toEqual([1]);
  });

  it('keeps what is in sight when enlarging is switched on and off', async () => {
    await openDenoised(suite.page);
    await suite.page.keyboard.press('2');
    const zoom = suite.page.getByLabel('Zoom', { exact: true });
    const before = await extent('source');
    await suite.page.getByLabel('Enlarge').selectOption('upscale-2x');
    await expect.poll(() => zoom.textContent()).toBe('100 %');
    expect(await extent('source')).toEqual(before);
    await suite.page.getByLabel('Enlarge').selectOption({ label: 'Off' });
    await expect.poll(() => zoom.textContent()).toBe('200 %');
  });

  it('is compared in every mode, and axe finds nothing', async () => {
    await openEnlarged();
    await suite.page.keyboard.press('1');
    for (const mode of ['s', 'y', 'h', 'd', 'm', 'l']) {
      await suite.page.keyboard.press(mode);
      await settled();
    }
    expect(await violations(suite.page)).toEqual([]);
  });

  it('is asked for the values of its own pixels', async () => {
    await openEnlarged();
    await suite.page.keyboard.press('1');
    const box = await suite.page.getByRole('application').boundingBox();
    if (!box) throw new Error('The viewer is not shown.');
    await suite.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await suite.page.getByRole('group', { name: 'Pixel values' }).waitFor();
    const asked = (await callsOf(suite.page, 'pictures.pixel')).at(-1)?.input;
    expect(asked).toMatchObject({ layer: expect.stringMatching(/-2x$/) });
    const { x, y } = Object(asked);
    // The middle of 3200 x 2200, to the pixel that the window's sides allow.
    expect([Math.abs(x - 1600) <= 1, Math.abs(y - 1100) <= 1]).toEqual([true, true]);
  });
});
