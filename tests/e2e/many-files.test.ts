import { describe, expect, it } from 'vitest';
import type { Picture } from '../../preload/contract.ts';
import { keepScreen } from './keep-screen.ts';
import { callsOf, choose, violations } from './open-window.ts';
import { windowSuite } from './window-suite.ts';

const many = 2000;
const nameOf = (index: number) => `photo-${String(index).padStart(4, '0')}.jpg`;
const names = Array.from({ length: many }, (_, index) => nameOf(index));
/** All with the pixels of one that the server knows, but for those whose thumbnails are never in sight. */
const pictures: Picture[] = names.map((name, index) => ({
  ...{ id: `p${index}`, path: `/photos/${name}`, name, width: 700, height: 900, depth: 8, format: 'jpeg' },
  sigma: 6,
}));

const suite = windowSuite({ pictures, openTime: 60, pixelsOf: 'tower' });
const cells = () => suite.page.locator('.strip li');
const heading = (name: string) => suite.page.getByRole('heading', { name, exact: true });

describe('two thousand files at once', () => {
  it('are all listed before they are open, few are drawn, and the one that is pressed is opened next', async () => {
    await choose(suite.page, ...names);
    await heading(nameOf(0)).waitFor();
    const strip = suite.page.locator('.strip .scroller');
    const opened = async () => (await callsOf(suite.page, 'pictures.open')).length;
    const before = await opened();
    await strip.evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await cells()
      .getByText(nameOf(many - 1))
      .click();
    await heading(nameOf(many - 1)).waitFor();
    // Far fewer portions than it would have taken in order.
    expect((await opened()) - before).toBeLessThan(20);
    expect(await cells().count()).toBeLessThan(30);
    expect(await violations(suite.page)).toEqual([]);
    await keepScreen(suite.page, 'many');
    await suite.page.getByRole('button', { name: /^Stop · .* left$/ }).click();
    await suite.page.getByRole('button', { name: 'Add photos' }).waitFor();
  });

  it('are walked through by keys, the selected one always in sight', async () => {
    await choose(suite.page, ...names.slice(0, 40));
    await suite.page.getByRole('button', { name: 'Add photos' }).waitFor();
    const selected = suite.page.locator('.strip [aria-current]');
    await selected.press('End');
    await heading(nameOf(39)).waitFor();
    expect(await selected.textContent()).toContain(nameOf(39));
    expect(await selected.evaluate((item) => item === document.activeElement)).toBe(true);
    await selected.press('ArrowUp');
    await heading(nameOf(38)).waitFor();
    await selected.press('Home');
    await heading(nameOf(0)).waitFor();
    expect(await selected.evaluate((item) => item === document.activeElement)).toBe(true);
  });
});
