/** The largest memory that all processes of a restoration take together, from file to file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { samplePath } from '../../main/library/paths.ts';
import { ended, openWorkplace, type Workplace } from '../main/cli/built-cli.ts';
import { print } from './measure.ts';

let workplace: Workplace;
beforeEach(async () => {
  workplace = await openWorkplace();
});
afterEach(() => workplace.remove());

const without = process.platform === 'linux' ? '' : ' (skipped: the memory of processes is read from /proc)';

it.skipIf(without !== '').each<[string, number, number, (picture: Sharp) => Sharp, string]>([
  // A model that changes nothing stands in where the network would take an hour.
  ['photo.jpg', 12_240, 8_160, (picture) => picture.jpeg({ quality: 92 }), 'denoise-fast'],
  ['photo.tif', 24_480, 20_400, (picture) => picture.tiff({ compression: 'lzw' }), 'tiny'],
])(
  `%s, %i x %i${without}`,
  async (name, width, height, encoded, model) => {
    const photo = join(workplace.folder, name);
    await encoded(sharp(samplePath).resize(width, height, { fit: 'cover' })).toFile(photo);
    const command = workplace.start('denoise', photo, '--model', model, '--json');
    let most = 0;
    const timer = setInterval(() => {
      most = Math.max(most, sharesOfMemory(command.pid ?? 0));
    }, 250);
    const { stdout } = await ended(command).finally(() => clearInterval(timer));
    const { seconds, status, reason } = JSON.parse(stdout);
    expect(status, reason).toBe('done');
    print(`${name}, ${Math.round((width * height) / 1e6)} megapixels, ${model}, on the CPU`, [
      ['peak MB', 'decode s', 'network s', 'encode s'],
      [
        (most / 1000).toFixed(0),
        ...[seconds.decode, seconds.network, seconds.encode].map((s) => s.toFixed(1)),
      ],
    ]);
  },
  3_600_000,
);

/** Kilobytes of a process and all below it; what several share is divided among them (PSS). */
function sharesOfMemory(pid: number): number {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  const isBelow = (each: number | undefined): boolean =>
    each === pid || (each !== undefined && isBelow(parents.get(each)));
  return [...parents.keys()].filter(isBelow).reduce((sum, each) => sum + ownShare(each), 0);
}

const parentOf = (process: string) =>
  Number(/\) . (\d+)/.exec(factsOf(process, 'stat'))?.[1] ?? 0) || undefined;
const ownShare = (process: number) =>
  Number(/^Pss: +(\d+)/m.exec(factsOf(`${process}`, 'smaps_rollup'))?.[1] ?? 0);

function factsOf(process: string, name: string): string {
  try {
    return readFileSync(`/proc/${process}/${name}`, 'latin1');
  } catch {
    // It has ended.
    return '';
  }
}
