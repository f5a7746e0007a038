import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withFittingTiles } from '../../../main/compute/fitting-tiles.ts';
import { Devices } from '../../../main/devices/devices.ts';
import { tileDefaults } from '../../../main/restore/tiles.ts';
import { fakeNetwork, identity } from '../restore/fake-networks.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let home: TemporaryFolder;
beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

/** Devices as after a start, with what earlier ones have left on the disk. */
const started = () =>
  new Devices({
    key: async () => '',
    start: async () => [],
    measure: () => Promise.reject(new Error('unused')),
  });

/** Sides that were tried on a device whose memory lasts for tiles of 500 pixels. */
async function sides(devices: Devices, device: 'cpu' | 'webgpu', model: string): Promise<number[]> {
  const seen: number[] = [];
  const network = fakeNetwork(identity);
  await withFittingTiles(devices, { network, device, model }, async ({ side }) => {
    seen.push(side);
    if (side > 500) throw new Error('out of memory');
  });
  return seen;
}

it('what fitted into the memory of a device is begun with after the next start, for that model there', async () => {
  expect(await sides(started(), 'webgpu', 'a')).toEqual([tileDefaults.side, 448]);
  expect(await sides(started(), 'webgpu', 'a')).toEqual([448]);
  expect(await sides(started(), 'webgpu', 'b')).toEqual([tileDefaults.side, 448]);
  expect(await sides(started(), 'cpu', 'a')).toEqual([tileDefaults.side, 448]);
  expect(await sides(started(), 'webgpu', 'a')).toEqual([448]);
});

it('is tried anew when devices are measured again', async () => {
  await sides(started(), 'webgpu', 'a');
  await started().list('again');
  expect(await started().tileSide('webgpu', 'a')).toBeUndefined();
});
