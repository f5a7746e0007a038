import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { drawsFromBattery, isDischarging } from '../../../main/devices/battery.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

/** As Linux lists a power supply: a file for each fact. */
async function supply(name: string, facts: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(folder.path, name));
  for (const [fact, value] of Object.entries(facts))
    await writeFile(join(folder.path, name, fact), `${value}\n`);
}

it('a laptop is on its battery when that is discharging and nothing is plugged in', async () => {
  await supply('AC', { type: 'Mains', online: '0' });
  await supply('BAT0', { type: 'Battery', status: 'Discharging' });
  expect(await isDischarging(folder.path)).toBe(true);
});

it.each([
  ['plugged in', { type: 'Mains', online: '1' }, { type: 'Battery', status: 'Charging' }],
  ['at a weak charger', { type: 'USB', online: '1' }, { type: 'Battery', status: 'Discharging' }],
  ['full', { type: 'Mains', online: '0' }, { type: 'Battery', status: 'Full' }],
  [
    'a desk computer',
    { type: 'Mains', online: '0' },
    { type: 'Battery', scope: 'Device', status: 'Discharging' },
  ],
])('is not on its battery when it is %s', async (_, mains, battery) => {
  await supply('A', mains);
  await supply('B', battery);
  expect(await isDischarging(folder.path)).toBe(false);
});

it('is not on a battery where there is no list of power supplies', async () => {
  expect(await isDischarging(join(folder.path, 'none'))).toBe(false);
});

it('reads what macOS says', () => {
  expect(
    drawsFromBattery("Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t81%; discharging"),
  ).toBe(true);
  expect(drawsFromBattery("Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t100%; charged")).toBe(
    false,
  );
});
