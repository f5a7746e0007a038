/** What the scan of a large collection takes, from the command line to the last word. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ended, openWorkplace, type Workplace } from '../main/cli/built-cli.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../shared-pictures.ts';
import { print } from './measure.ts';

const count = 10_000;
const size = { width: 600, height: 400 };
const title = `scans ${count} photos${needsSharedPictures}`;

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
});
afterAll(() => place.remove());

it.skipIf(sharedPicturesMissing || process.platform !== 'linux')(
  title,
  async () => {
    await makePhotos(join(place.folder, 'photos'));
    const cold = await measured('check');
    const warm = await measured('check');
    const row = (name: string, { seconds, cpuSeconds, peakMB, found }: Measured) => [
      name,
      String(found),
      (count / seconds).toFixed(0),
      seconds.toFixed(0),
      ((1000 * cpuSeconds) / count).toFixed(1),
      ((count / cpuSeconds) * 2).toFixed(0),
      String(peakMB),
    ];
    print(
      `Scan of ${count} photos of 600 x 400, load ${loadavg()[0]?.toFixed(1)}, ${availableParallelism()} cores`,
      [
        ['', 'pictures', 'per s', 's', 'processor ms each', 'per s of two free cores', 'peak MB'],
        row('first time', cold),
        row('again', warm),
      ],
    );
    expect([cold.found, warm.found]).toEqual([count, count]);
  },
  3_600_000,
);

/** Different parts of the shared photos, as JPEG. */
async function makePhotos(folder: string): Promise<void> {
  await mkdir(folder);
  const root = join(sharedPictures, 'train');
  const sources = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(png|jpe?g|webp)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const each = Math.ceil(count / sources.length);
  let made = 0;
  for (const source of sources) {
    const { data, info } = await sharp(source).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    if (width < size.width || height < size.height) continue;
    const raw = { width, height, channels: 3 } as const;
    for (let part = 0; part < each && made < count; part++, made++) {
      const left = Math.floor(((width - size.width) * part) / each);
      const top = Math.floor((height - size.height) * ((part * 0.618) % 1));
      const jpeg = sharp(data, { raw })
        .extract({ left, top, ...size })
        .jpeg({ quality: 90 });
      await writeFile(join(folder, `${String(made).padStart(5, '0')}.jpg`), await jpeg.toBuffer());
    }
  }
  // Sources that are too small leave some to be made: others again, mirrored.
  for (let copy = 0; made < count; copy++, made++) {
    const path = join(folder, `${String(copy).padStart(5, '0')}.jpg`);
    await writeFile(join(folder, `${made}.jpg`), await sharp(path).flop().jpeg({ quality: 90 }).toBuffer());
  }
}

interface Measured {
  readonly found: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of all its processes together. */
  readonly peakMB: number;
}

async function measured(command: string): Promise<Measured> {
  const start = performance.now();
  const child = place.start('dataset', command, 'photos', '--json');
  const watch = new Watch(child);
  const { stdout, status } = await ended(child);
  const { cpuSeconds, peakMB } = watch.end();
  expect(status).toBe(0);
  const found = stdout.split('\n').length - 1;
  return { found, seconds: (performance.now() - start) / 1000, cpuSeconds, peakMB };
}

/** Looks at a process and its children every so often (Linux, proc(5)). */
class Watch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #peakMB = 0;
  #cpuSeconds = 0;

  constructor({ pid }: ChildProcess) {
    this.#pid = pid ?? 0;
    this.#timer = setInterval(() => this.#look(), 200);
  }

  end(): { cpuSeconds: number; peakMB: number } {
    clearInterval(this.#timer);
    return { cpuSeconds: this.#cpuSeconds, peakMB: Math.round(this.#peakMB) };
  }

  #look(): void {
    const all = [this.#pid, ...childrenOf(this.#pid)].flatMap((pid) => usage(pid) ?? []);
    const sum = (of: (each: Usage) => number) => all.reduce((total, each) => total + of(each), 0);
    this.#peakMB = Math.max(
      this.#peakMB,
      sum(({ memoryMB }) => memoryMB),
    );
    this.#cpuSeconds = Math.max(
      this.#cpuSeconds,
      sum(({ cpuSeconds }) => cpuSeconds),
    );
  }
}

interface Usage {
  readonly memoryMB: number;
  readonly cpuSeconds: number;
}

const ticks = Number(execFileSync('getconf', ['CLK_TCK']));

/** Undefined once the process has ended. */
function usage(pid: number): Usage | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    // utime and stime, fields 14 and 15 of all. What has ended but is still listed has no memory.
    return {
      memoryMB: Number(resident ?? 0) / 1024,
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticks,
    };
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
