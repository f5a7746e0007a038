import { join } from 'node:path';
import type { Page } from 'playwright';

/** Takes a screenshot to be looked at by eye, where RELUME_SCREENS names a folder for them. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  const folder = process.env.RELUME_SCREENS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}
