import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ended, openWorkplace, type Workplace } from './cli/built-cli.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  await sharp({ create: { width: 1500, height: 1000, channels: 3, background: '#777', noise } }).toFile(
    join(place.folder, 'photo.png'),
  );
});
afterEach(() => place.remove());

const args = ['denoise', 'photo.png', '--model', 'tiny', '--sigma', '20'];
const result = 'photo-denoised.png';

/** The processes that a process started. */
function childrenOf({ pid }: ChildProcess): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([own = 0]) => own);
}

/** Kills a process and all that it started. */
function killAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

async function computeOf(child: ChildProcess): Promise<number> {
  for (;;) {
    const [compute] = childrenOf(child);
    if (compute !== undefined) return compute;
    await wait(20);
  }
}

// Windows has no such signals: a killed process is simply gone.
describe.skipIf(process.platform === 'win32')('denoise', () => {
  it('stopped by Ctrl-C ends with status 130 and leaves nothing behind', async () => {
    const child = place.start(...args);
    const end = ended(child);
    await computeOf(child);
    await wait(400);
    killAll(child, 'SIGINT');
    expect((await end).status).toBe(130);
    expect(await readdir(place.folder)).toEqual(['photo.png']);
  });

  it('goes on, on the CPU, when the compute process dies, and says so', async () => {
    const child = place.start(...args);
    const end = ended(child);
    const compute = await computeOf(child);
    await wait(300);
    process.kill(compute, 'SIGSEGV');
    const { status, stderr } = await end;
    expect(stderr).toContain('photo.png: The compute process stopped: it was ended by SIGSEGV.');
    expect(stderr).toContain('It was done again on the CPU.');
    expect(status).toBe(0);
    expect(await readdir(place.folder)).toContain(result);
  });

  it('killed at any moment leaves a whole result or none', async () => {
    const began = performance.now();
    await place.run(...args, '--output', 'first.png');
    const whole = performance.now() - began;
    const moments = Array.from({ length: 8 }, (_, index) => (index + 1.5 * Math.random()) / 8);
    for (const [index, moment] of moments.entries()) {
      const output = join(place.folder, `${index}.png`);
      const child = place.start(...args, '--output', output);
      const gone = once(child, 'exit');
      await wait(moment * whole);
      if (child.exitCode === null) killAll(child, 'SIGKILL');
      await gone;
      if ((await readdir(place.folder)).includes(`${index}.png`)) {
        const { channels } = await sharp(output, { failOn: 'warning' }).stats();
        expect(channels).toHaveLength(3);
      }
    }
  });
});
