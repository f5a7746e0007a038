import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requests } from '../../preload/contract.ts';
import { launchBrowser } from './browser.ts';
import { pictureLayers } from './fixture-pictures.ts';
import { callsOf, type OpenedWindow, openDenoised, openWindow } from './open-window.ts';
import { serveWindow, type WindowServer } from './window-server.ts';

type DragStep = 'dragEnter' | 'dragOver' | 'drop';

let browser: Browser;
let server: WindowServer;
let folder: string;
let opened: OpenedWindow;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await serveWindow(await pictureLayers());
  folder = await mkdtemp(join(tmpdir(), 'relume-drop-'));
  await mkdir(join(folder, 'holiday', 'older'), { recursive: true });
  const inHoliday = ['tower.png', 'bird.NEF', '.hidden.png', 'notes.txt', 'older/deep.png'];
  for (const name of ['meadow.jpg', ...inHoliday.map((each) => `holiday/${each}`)])
    await writeFile(join(folder, name), 'pixels come from the server');
});
afterAll(async () => {
  await browser.close();
  server.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  opened = await openWindow(browser, server);
});

/** Drags files or folders over the window, as from a file manager. */
const drag = (types: DragStep[], ...names: string[]) => dragAt(400, types, ...names);

/** Drags at a height of the window, CSS pixels from its top. */
async function dragAt(y: number, types: DragStep[], ...names: string[]) {
  const session = await opened.page.context().newCDPSession(opened.page);
  const files = names.map((name) => join(folder, name));
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of types) await session.send('Input.dispatchDragEvent', { type, x: 640, y, data });
}

describe('dropping', () => {
  it('opens files, and the pictures directly inside folders', async () => {
    const { page } = opened;
    await drag(['dragEnter', 'dragOver', 'drop'], 'meadow.jpg', 'holiday');
    await page.locator('[data-picture=tower]').waitFor();
    const asked = (await callsOf(page, 'pictures.open')).flatMap(
      ({ input }) => requests['pictures.open'].input.parse(input).paths,
    );
    expect(asked).toEqual(['/photos/meadow.jpg', '/photos/bird.NEF', '/photos/tower.png']);
    expect(await page.getByText('Drop to open').count()).toBe(0);
  });

  it('says where to let go, until the drag leaves', async () => {
    const { page } = opened;
    await drag(['dragEnter', 'dragOver'], 'meadow.jpg');
    await page.getByText('Drop to open').waitFor();
    // The protocol has no way to drag out of the window.
    await page.evaluate(() => window.dispatchEvent(new DragEvent('dragleave')));
    await page.getByText('Drop to open').waitFor({ state: 'detached' });
  });

  it('adds to the pictures that are open, and opens none twice', async () => {
    const { page } = opened;
    await drag(['dragEnter', 'drop'], 'meadow.jpg');
    await page.locator('[data-picture=meadow]').waitFor();
    await drag(['dragEnter', 'drop'], 'meadow.jpg', 'holiday');
    await page.locator('[data-picture=tower]').waitFor();
    expect(await page.locator('[data-picture]').count()).toBe(2);
  });
});

describe('dropping at the foot of the window', () => {
  it('measures the picture in sight against the file', async () => {
    const { page } = opened;
    await openDenoised(page);
    await dragAt(400, ['dragEnter', 'dragOver'], 'meadow.jpg');
    await page.locator('.aimed').getByText('Drop to open').waitFor();
    await dragAt(780, ['dragOver'], 'meadow.jpg');
    await page
      .locator('.aimed')
      .getByText(/^Or drop here to measure/)
      .waitFor();
    await dragAt(780, ['drop'], 'meadow.jpg');
    await page
      .getByRole('group', { name: /meadow\.jpg/ })
      .getByText('35.50 dB')
      .waitFor();
    expect((await callsOf(page, 'pictures.measure')).at(-1)?.input).toMatchObject({
      reference: '/photos/meadow.jpg',
    });
    expect(await page.locator('[data-picture]').count()).toBe(1);
    expect(opened.complaints).toEqual([]);
  });

  it('opens the file while there is nothing to measure', async () => {
    const { page } = opened;
    await dragAt(780, ['dragEnter', 'dragOver', 'drop'], 'meadow.jpg');
    await page.locator('[data-picture=meadow]').waitFor();
    expect(await callsOf(page, 'pictures.measure')).toEqual([]);
  });
});
