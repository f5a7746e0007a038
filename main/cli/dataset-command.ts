/** `dataset check`: what a collection holds, and what speaks against training on some of it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { FindingKind } from '../../preload/contract.ts';
import { Eta } from '../jobs/eta.ts';
import { collectionCache } from '../library/paths.ts';
import type { Examined } from '../train/dataset/scan.ts';
import { type Grouped, split } from '../train/dataset/split.ts';
import { leftOutBySelf, summarize } from '../train/dataset/summary.ts';
import { barText, ProgressLine } from './progress-line.ts';
import { withCompute } from './session.ts';
import { addCommand } from './usage.ts';

interface Checked extends Examined {
  readonly path: string;
  readonly group: number;
}

export function addDataset(program: Command): void {
  const parent = addCommand(program, 'dataset', 'look into a collection of pictures');
  addCommand(parent, 'check', 'duplicates, blur, noise, small pictures, and how many are needed')
    .argument('<files or folders...>', 'pictures, and folders with pictures inside or below')
    .option('--json', 'one JSON object per picture on standard output')
    .action(async (paths: string[], { json }: { json?: true }) => {
      const pictures = await check(paths.map((path) => resolve(path)));
      process.stdout.write(json ? records(pictures) : report(pictures));
    });
}

async function check(paths: readonly string[]): Promise<Checked[]> {
  const line = new ProgressLine();
  const eta = new Eta();
  const found: string[] = [];
  const examined: Examined[] = [];
  const { groups } = await withCompute((compute, signal) =>
    compute.call(
      'scan',
      { paths, cache: collectionCache() },
      {
        signal,
        onProgress: (progress) => {
          if (progress.kind === 'found') found.push(...progress.paths);
          else examined.push(...progress.pictures);
          const share = examined.length / Math.max(1, found.length);
          line.show(barText('Looking', share, eta.update(share, performance.now() / 1000)));
        },
      },
    ),
  ).finally(() => line.clear());
  return examined.map((each, i) => ({ ...each, path: found[i] ?? '', group: groups[i] ?? i }));
}

function records(pictures: readonly Checked[]): string {
  const heldOut = new Set(split(usable(pictures)).heldOut);
  return pictures
    .map(({ path, width, height, group, findings }) => {
      const use = leftOutBySelf({ width, height, findings })
        ? null
        : heldOut.has(path)
          ? 'held-out'
          : 'training';
      return `${JSON.stringify({ file: path, width, height, group, use, findings })}\n`;
    })
    .join('');
}

function usable(pictures: readonly Checked[]): Grouped[] {
  return pictures.filter((picture) => !leftOutBySelf(picture));
}

function report(pictures: readonly Checked[]): string {
  const {
    usable: count,
    megapixels,
    patches,
    findings,
    advice,
  } = summarize(pictures, (index) => {
    const picture = pictures[index];
    return picture !== undefined && leftOutBySelf(picture);
  });
  const lines = pictures.flatMap(({ path, findings: found }) =>
    found.map(({ reason }) => `${path}: ${reason}`),
  );
  const total = `${number(pictures.length)} pictures, ${number(count)} can be used: ${number(Math.round(megapixels))} megapixels, ${number(patches)} patches of 64 × 64.`;
  const kinds = findings.map(({ kind, count: each }) => `${number(each)} ${words[kind]}`);
  return `${[...lines, total, ...(kinds.length > 0 ? [`${kinds.join(', ')}.`] : []), advice].join('\n')}\n`;
}

const number = (value: number) => value.toLocaleString('en');

const words: Readonly<Record<FindingKind, string>> = {
  unreadable: 'cannot be read',
  'too-small': 'too small',
  duplicate: 'duplicates',
  'near-duplicate': 'near duplicates',
  blurred: 'blurred',
  noisy: 'noisy',
  jpeg: 'damaged by JPEG',
  grey: 'grey',
  profile: 'in another colour space',
};
