import { describe, expect, it } from 'vitest';
import { keepScreen } from './keep-screen.ts';
import { callsOf, choose, violations } from './open-window.ts';
import { windowSuite } from './window-suite.ts';

const recent = ['/photos/meadow.jpg', '/old/tower.png'];
const suite = windowSuite({ recent });
const heading = (name: string) => suite.page.getByRole('heading', { name, exact: true });

describe('files that come from elsewhere', () => {
  it('are opened when Relume was started with them, and when they come later', async () => {
    const { page } = await suite.open({ arrived: ['/photos/tower.png'] });
    await page.locator('[data-picture=tower]').waitFor();
    await page.getByRole('button', { name: 'Models', exact: true }).click();
    await page.evaluate(() => {
      window.arrived.push('/photos/meadow.jpg');
      window.arrive();
    });
    await page.getByRole('heading', { name: 'meadow.jpg' }).waitFor();
    await page.context().close();
  });

  it('are pasted, a picture under the moment of pasting', async () => {
    await suite.page.evaluate(() => {
      const paste = (name: string) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File(['pixels'], name, { type: 'image/png' }));
        window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
      };
      paste('tower.png');
      paste('image.png');
    });
    await suite.page.locator('[data-picture=tower]').waitFor();
    await suite.page.getByText(/pasted-\d{4}-.*\.png is not a picture/).waitFor();
  });

  it('are those that were opened last, on the empty screen, until they are cleared', async () => {
    const list = suite.page.getByRole('region', { name: 'Opened last' });
    await list.getByRole('button', { name: 'tower.png' }).waitFor();
    expect(await violations(suite.page)).toEqual([]);
    await keepScreen(suite.page, 'empty-recent');
    await list.getByRole('button', { name: 'tower.png' }).click();
    await heading('tower.png').waitFor();
    expect((await callsOf(suite.page, 'pictures.open'))[0]?.input).toEqual({ paths: ['/old/tower.png'] });
    await suite.page.locator('[data-picture=tower]').press('Delete');
    await list.getByRole('button', { name: 'Clear' }).click();
    expect(await list.count()).toBe(0);
    expect(await callsOf(suite.page, 'pictures.forgetRecent')).toHaveLength(1);
  });
});

describe('a saved copy', () => {
  const drag = (page = suite.page) =>
    page.locator('[data-picture=meadow]').evaluate((item) => {
      const dataTransfer = new DataTransfer();
      const event = new DragEvent('dragstart', { dataTransfer, bubbles: true, cancelable: true });
      item.dispatchEvent(event);
      return { prevented: event.defaultPrevented, address: dataTransfer.getData('DownloadURL') };
    });

  it('is dragged out by the shell under Electron, and as a download by a browser', async () => {
    await choose(suite.page, 'meadow.jpg');
    expect(await suite.page.locator('[data-picture=meadow]').getAttribute('draggable')).toBe('false');
    await suite.page.getByRole('button', { name: 'Save a copy' }).click();
    await suite.page.getByText('Saved', { exact: true }).first().waitFor();
    await expect
      .poll(() => suite.page.locator('[data-picture=meadow]').getAttribute('draggable'))
      .toBe('true');
    expect((await drag()).prevented).toBe(true);
    expect(await suite.page.evaluate(() => window.draggedOut)).toEqual(['/photos/meadow-denoised.jpg']);
    const { page } = await suite.open({ shell: 'web' });
    await choose(page, 'meadow.jpg');
    await page.getByRole('button', { name: 'Save a copy' }).click();
    await expect.poll(() => page.locator('[data-picture=meadow]').getAttribute('draggable')).toBe('true');
    expect((await drag(page)).address).toMatch(/^application\/octet-stream:meadow-denoised\.jpg:\/download/);
    await page.context().close();
  });
});
