/** `dataset check`: what a collection holds, and what speaks against training on some of it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { FindingKind } from '../../preload/contract.ts';
import { type Grouped, split } from '../train/dataset/split.ts';
import { leftOutBySelf, summarize } from '../train/dataset/summary.ts';
import { ProgressLine } from './progress-line.ts';
import { type Scanned, scanPictures } from './scan-pictures.ts';
import { withCompute } from './session.ts';
import { addCommand } from './usage.ts';

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

function check(paths: readonly string[]): Promise<Scanned[]> {
  const line = new ProgressLine();
  return withCompute((compute, signal) => scanPictures(compute, paths, line, signal)).finally(() =>
    line.clear(),
  );
}

function records(pictures: readonly Scanned[]): string {
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

function usable(pictures: readonly Scanned[]): Grouped[] {
  return pictures.filter((picture) => !leftOutBySelf(picture));
}

function report(pictures: readonly Scanned[]): string {
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
