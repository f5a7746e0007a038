import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { appRoot } from '../../main/library/paths.ts';

/** Every module that a built file loads now or later, its own parts included. */
async function modules(file: string, seen = new Set<string>()): Promise<Set<string>> {
  const text = await readFile(file, 'utf8');
  for (const [, name = ''] of text.matchAll(/^(?:import (?:[^;]*? from )?|[^*\n]*\bimport\()"([^"]+)"/gm)) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (name.startsWith('.')) await modules(join(dirname(file), name), seen);
  }
  return seen;
}

it.each(['main.js', 'cli.js'])('%s leaves native code to the compute process', async (entry) => {
  const loaded = await modules(join(appRoot, 'dist/main', entry));
  expect(loaded).toContain('node:path');
  expect(loaded).not.toContain('sharp');
  expect(loaded).not.toContain('onnxruntime-node');
});

it('compute.js is where native code is', async () => {
  const loaded = await modules(join(appRoot, 'dist/main/compute.js'));
  expect(loaded).toContain('sharp');
  expect(loaded).toContain('onnxruntime-node');
});
