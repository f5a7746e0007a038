import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readQueue, writeQueue } from '../../../main/jobs/saved-queue.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);
const queue = async (value: unknown) => {
  await writeFile(at('queue.json'), JSON.stringify(value));
  return readQueue(at('queue.json'));
};

describe('a saved queue', () => {
  it('takes what is left out as the command line does, and paths from its own folder', async () => {
    const jobs = [
      { path: 'a.jpg', chain: [{ model: 'denoise-fast' }, { model: 'own.onnx' }], folder: 'out' },
    ];
    expect(await queue({ version: 1, jobs })).toEqual([
      {
        path: at('a.jpg'),
        folder: at('out'),
        chain: [
          { model: 'denoise-fast', sigma: 'estimate' },
          { model: at('own.onnx'), sigma: 'estimate' },
        ],
        device: 'auto',
        strength: 100,
        format: 'keep',
        quality: 92,
        stripMetadata: false,
      },
    ]);
  });

  it('is read as it was written, and never written over another file', async () => {
    const job = {
      path: at('a.jpg'),
      chain: [{ model: 'upscale-2x', sigma: 12 }],
      device: 'cpu',
      strength: 40,
      parts: { luminance: 10, colour: 20, detail: 30 },
      format: 'png',
      quality: 80,
      stripMetadata: true,
      output: at('b.png'),
      size: { width: 300 },
    };
    await writeQueue(at('queue.json'), [job]);
    expect(await readQueue(at('queue.json'))).toEqual([job]);
    await expect(writeQueue(at('queue.json'), [])).rejects.toMatchObject({ code: 'exists' });
  });

  it.each([
    [{ version: 2, jobs: [] }, 'version: '],
    [{ version: 1, jobs: [{ path: 'a.jpg', chain: [] }] }, 'jobs.0.chain: '],
    [{ version: 1, jobs: [{ path: 'a', chain: [{ model: 'm' }], quality: 101 }] }, 'jobs.0.quality: '],
    [
      { version: 1, jobs: [{ path: 'a', chain: [{ model: 'm' }], qualty: 90 }] },
      'Unrecognized key: "qualty"',
    ],
    ['text', 'the file: '],
  ])('is refused with the place where it is wrong: %j', async (value, place) => {
    await expect(queue(value)).rejects.toMatchObject({
      code: 'bad-jobs',
      message: expect.stringMatching(/^queue\.json is no list of jobs that this Relume knows: .*\.$/),
    });
    await expect(queue(value)).rejects.toThrow(place);
  });

  it('that is not there is refused by its name', async () => {
    await expect(readQueue(at('none.json'))).rejects.toMatchObject({
      code: 'bad-jobs',
      message: 'none.json cannot be read: it does not exist, or its drive is not connected.',
    });
  });
});
