import sharp from 'sharp';
import { expect, test } from 'vitest';
import { samplePath } from '../../main/library/paths.ts';
import { shellSuite } from './shell-suite.ts';

const suite = shellSuite();

test('the sample is denoised by the bundled model, compared, blended and saved', async () => {
  const page = await suite.open();
  const previews: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/restore.preview')) previews.push(request.url());
  });
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await page.getByText(/sigma \d+(\.5)? estimated/).waitFor();
  await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });

  await page.getByRole('slider', { name: 'Split between before and after' }).press('Home');
  await page.keyboard.press('1');
  await page.getByRole('slider', { name: 'Strength', exact: true }).fill('50');
  expect(previews).toHaveLength(1);

  await page.getByRole('button', { name: 'Save a copy' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const copy = await (await download).path();
  const { width, height } = await sharp(samplePath).metadata();
  expect(await sharp(copy).metadata()).toMatchObject({ width, height });
  expect(await spread(copy)).toBeLessThan(await spread(samplePath));
});

/** How much neighbouring pixels differ: mean standard deviation after a high-pass filter. */
async function spread(path: string): Promise<number> {
  const kernel = [0, -1, 0, -1, 4, -1, 0, -1, 0];
  const highPass = { width: 3, height: 3, kernel, offset: 128, scale: 4 };
  const { channels } = await sharp(path).convolve(highPass).stats();
  return channels.reduce((sum, { stdev }) => sum + stdev, 0) / channels.length;
}
