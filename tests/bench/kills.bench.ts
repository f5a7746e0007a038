/** What a run makes of being killed over and over. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from '../main/cli/built-cli.ts';
import {
  bestWeights,
  killedAfter,
  loggedLosses,
  makePhotos,
  prepareRun,
  resumeRun,
} from '../main/killed-run.ts';
import { print } from './measure.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
  await makePhotos(place);
});
afterAll(() => place.remove());

const length = { steps: 300, checkpointSeconds: 1 };
const kills = 20;

it.skipIf(process.platform === 'win32')(
  'a run of 300 steps, killed twenty times at random, ends as the undisturbed one does',
  async () => {
    const before = performance.now();
    await prepareRun(place, 'calm', length);
    expect((await place.run(...resumeRun('calm'))).status).toBe(0);
    // From before its first step on; spread so that all of them fall within its length.
    const calm = performance.now() - before;
    await prepareRun(place, 'killed', length);
    const cut = await killAll(300 + calm / kills);
    expect((await place.run(...resumeRun('killed'))).status).toBe(0);

    const losses = await Promise.all(['calm', 'killed'].map((name) => loggedLosses(place, name)));
    const [expected = [], actual = []] = losses;
    const same = (await bestWeights(place, 'killed')).equals(await bestWeights(place, 'calm'));
    print('A run of 300 steps', [
      ['', 'killed', 'steps logged', 'final loss', 'weights'],
      ['undisturbed', '0', String(expected.length), String(expected.at(-1)?.[1]), ''],
      ['killed', String(cut), String(actual.length), String(actual.at(-1)?.[1]), same ? 'equal' : 'differ'],
    ]);
    expect(cut).toBe(kills);
    expect(actual).toEqual(expected);
    expect(same).toBe(true);
  },
  3_600_000,
);

/** @param most milliseconds that a kill waits at most @returns kills that met a living run */
async function killAll(most: number): Promise<number> {
  let met = 0;
  for (let kill = 0; kill < kills; kill++) {
    if (await killedAfter(place, 'killed', 200 + Math.random() * most)) met++;
  }
  return met;
}
