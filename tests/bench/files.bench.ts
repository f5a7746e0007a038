/** What a photo costs from file to file, against the network alone. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { bundledModels, samplePath } from '../../main/library/paths.ts';
import { planAxis, tileDefaults } from '../../main/restore/tiles.ts';
import { openWorkplace, type Workplace } from '../main/cli/built-cli.ts';
import { best, print } from './measure.ts';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(() => workplace.remove());

it('denoises a 12 megapixel JPEG from file to file', async () => {
  const [width, height] = [4000, 3000];
  const photo = join(workplace.folder, 'photo.jpg');
  await sharp(samplePath).resize(width, height, { fit: 'cover' }).jpeg({ quality: 92 }).toFile(photo);
  const model = join(bundledModels, 'denoise-fast', 'model.onnx');
  const network = await loadNetwork(model, 'cpu');
  const across = planAxis(width, network.multiple, tileDefaults);
  const down = planAxis(height, network.multiple, tileDefaults);
  const input = Float32Array.from({ length: 4 * across.size * down.size }, () => randomInt(256) / 255);
  const tile = () => best(8, () => network.run(input, down.size, across.size));
  const before = await tile();
  const { stdout } = await workplace.run('denoise', photo, '--model', 'denoise-fast', '--json');
  // The machine's speed drifts: the network alone is timed on both sides of the file.
  const tileSeconds = (before + (await tile())) / 2;
  await network.dispose();
  const { seconds, peakMemoryMB } = JSON.parse(stdout);
  const alone = tileSeconds * across.spans.length * down.spans.length;
  print('12 megapixel JPEG, file to file, on the CPU', [
    [
      'network alone s',
      'decode s',
      'network s',
      'encode s',
      'total s',
      'total / network',
      'total / network alone',
      'peak MB',
    ],
    [
      ...[alone, seconds.decode, seconds.network, seconds.encode, seconds.total].map((value) =>
        value.toFixed(2),
      ),
      (seconds.total / seconds.network).toFixed(2),
      (seconds.total / alone).toFixed(2),
      String(peakMemoryMB),
    ],
  ]);
  expect(seconds.total).toBeGreaterThan(0);
});
