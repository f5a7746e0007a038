import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './cli/built-cli.ts';
import { bestWeights, killedAtStep, loggedLosses, makePhotos, prepareRun, resumeRun } from './killed-run.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
  await makePhotos(place);
});
afterEach(() => place.remove());

/** A checkpoint at nearly every step; the second stage begins after the eighth. */
const length = { steps: 16, checkpointSeconds: 0.05 };

it.skipIf(process.platform === 'win32')(
  'a run killed again and again gives the very model and losses of an undisturbed one',
  async () => {
    await prepareRun(place, 'calm', length);
    expect((await place.run(...resumeRun('calm'))).status).toBe(0);

    await prepareRun(place, 'killed', length);
    for (const step of [1, 5, 9]) await killedAtStep(place, 'killed', step);
    expect((await loggedLosses(place, 'killed')).length).toBeLessThan(length.steps);
    expect((await place.run(...resumeRun('killed'))).status).toBe(0);
    expect((await bestWeights(place, 'killed')).equals(await bestWeights(place, 'calm'))).toBe(true);
    expect(await loggedLosses(place, 'killed')).toEqual(await loggedLosses(place, 'calm'));
  },
  // The network is the real one, so a step takes its time on a busy machine.
  400_000,
);

it('a run whose checkpoints are all damaged says so and leaves them alone', async () => {
  await prepareRun(place, 'broken', length);
  const checkpoint = join(place.home, 'runs/broken/checkpoint/newest.safetensors');
  await writeFile(checkpoint, 'not a checkpoint');
  const { status, stderr } = await place.run(...resumeRun('broken'));
  expect(stderr).toContain('No checkpoint can be read');
  expect(status).toBe(1);
  expect(await readFile(checkpoint, 'utf8')).toBe('not a checkpoint');
});
