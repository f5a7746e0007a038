/** A map as a table for other programs: name, class and place of every picture, comma-separated. */
import type { Generator } from './generator.ts';
import { classNames } from './learnt.ts';
import { type Matrix, rowsOf } from './matrix.ts';

export function mapTable(generator: Generator, points: Matrix): Uint8Array {
  const { thumbnails } = generator.training;
  const classes = classNames(generator);
  const rows = rowsOf(points).map(([x, y], index) => {
    const label = thumbnails.labels?.[index];
    return [thumbnails.names[index], label === undefined ? '' : (classes[label] ?? label), x, y]
      .map(csvCell)
      .join();
  });
  return new TextEncoder().encode(`${['name,class,x,y', ...rows].join('\n')}\n`);
}

function csvCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
