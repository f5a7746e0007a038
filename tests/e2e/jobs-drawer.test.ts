import { describe, expect, it } from 'vitest';
import { callsOf, choose, violations } from './open-window.ts';
import { windowSuite } from './window-suite.ts';

const suite = windowSuite({ networkTime: 2000 });
const drawer = () => suite.page.getByRole('complementary', { name: 'Jobs' });
const button = (name: string | RegExp) => drawer().getByRole('button', { name });

/** Opens both pictures and saves copies of them. */
async function saveBoth(page = suite.page) {
  await choose(page, 'meadow.jpg', 'tower.png');
  await page.getByRole('heading', { name: 'meadow.jpg' }).waitFor();
  await page.getByRole('button', { name: 'Save all 2' }).click();
  await page.getByRole('complementary', { name: 'Jobs' }).waitFor();
}

describe('the jobs drawer', () => {
  it('shows every save from waiting to done, with a report at the end, and axe finds nothing', async () => {
    await saveBoth();
    await drawer()
      .getByText(/Saving \d+ %/)
      .first()
      .waitFor();
    await expect.poll(() => suite.page.title()).toMatch(/of 2 saved · Relume/);
    expect(await violations(suite.page)).toEqual([]);
    await drawer().getByText('2 of 2 saved').waitFor();
    await drawer().getByText('meadow-denoised.jpg').waitFor();
    await button('Show in folder: tower.png').click();
    await button('Report').click();
    await expect
      .poll(() => suite.page.evaluate(() => window.revealed))
      .toEqual(['/photos/tower-denoised.png', '/reports/report.txt']);
    expect(await violations(suite.page)).toEqual([]);
    await button('Clear the list').click();
    await drawer().getByText('Nothing is being saved.').waitFor();
  });

  it('counts all saves from the beginning, while they are still being added', async () => {
    const { page } = await suite.open({ silent: ['restore.save'] });
    const jobs = page.getByRole('complementary', { name: 'Jobs' });
    await saveBoth(page);
    await jobs.getByText('0 of 2 saved · 2 being added').waitFor();
    await page.getByRole('button', { name: 'Jobs 2' }).waitFor();
    await jobs.getByRole('button', { name: 'Cancel all' }).click();
    await jobs.getByText('Nothing is being saved.').waitFor();
    await page.context().close();
  });

  it('asks to pause and go on, to change the order, to cancel one and to try it again', async () => {
    const { page } = await suite.open({ networkTime: 60_000 });
    const jobs = page.getByRole('complementary', { name: 'Jobs' });
    await saveBoth(page);
    await jobs.getByRole('button', { name: 'Pause' }).click();
    await jobs.getByText(/paused/).waitFor();
    await jobs.getByRole('button', { name: 'Go on' }).click();
    await jobs.getByRole('button', { name: 'Do not save tower.png' }).click();
    await jobs.getByText('Cancelled', { exact: true }).waitFor();
    await jobs.getByRole('button', { name: 'Try tower.png again' }).click();
    await jobs.getByText('Cancelled', { exact: true }).waitFor({ state: 'detached' });
    const asked = async (name: string) => (await callsOf(page, name)).map(({ input }) => input);
    expect(await asked('jobs.pause')).toEqual([{ paused: true }, { paused: false }]);
    expect(await asked('jobs.retry')).toEqual(await asked('jobs.cancel'));
    await page.context().close();
  });

  it('says why a save failed beside the others that did not, and tries it again', async () => {
    await suite.page.evaluate(() => (window.failSaves = 'The disk is full.'));
    await saveBoth();
    await drawer().getByText('0 of 2 saved, 2 failed').waitFor();
    expect(await drawer().getByText('The disk is full.').count()).toBe(2);
    await suite.page.evaluate(() => (window.failSaves = undefined));
    await button('Try meadow.jpg again').click();
    await drawer().getByText('1 of 2 saved, 1 failed').waitFor();
  });

  it('opens and closes by key, and single keys work while a slider has the focus', async () => {
    await saveBoth();
    await suite.page.getByRole('slider', { name: 'Strength', exact: true }).focus();
    await suite.page.keyboard.press('j');
    expect(await drawer().isVisible()).toBe(false);
    await suite.page.keyboard.press('j');
    await drawer().waitFor();
    await suite.page.keyboard.press('Escape');
    expect(await drawer().isVisible()).toBe(false);
    await suite.page.getByRole('slider', { name: 'Strength', exact: true }).focus();
    await suite.page.keyboard.press('y');
    await suite.page.locator('[data-mode=side]').waitFor();
    await suite.page.getByRole('slider', { name: 'Strength', exact: true }).press('ArrowLeft');
    expect(await suite.page.getByRole('slider', { name: 'Strength', exact: true }).inputValue()).toBe('99');
  });
});
