import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { appRoot } from '../../main/library/paths.ts';

/** Every package that a built file loads, its own parts included. */
async function packages(file: string, seen = new Set<string>()): Promise<Set<string>> {
  const text = await readFile(file, 'utf8');
  for (const [, name = ''] of text.matchAll(/^import (?:[^;]*? from )?"([^"]+)";/gm)) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (name.startsWith('.')) await packages(join(dirname(file), name), seen);
  }
  return seen;
}

it.each(['main.js', 'cli.js'])('%s leaves native code to the compute process', async (entry) => {
  const loaded = await packages(join(appRoot, 'dist/main', entry));
  expect(loaded).toContain('zod');
  expect(loaded).not.toContain('sharp');
  expect(loaded).not.toContain('onnxruntime-node');
});

it('compute.js is where native code is', async () => {
  const loaded = await packages(join(appRoot, 'dist/main/compute.js'));
  expect(loaded).toContain('sharp');
  expect(loaded).toContain('onnxruntime-node');
});
