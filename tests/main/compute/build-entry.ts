/** Builds a TypeScript entry so that it can be forked. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface BuiltEntry {
  /** The JavaScript file. */
  readonly path: string;
  remove(): Promise<void>;
}

export async function buildEntry(source: URL): Promise<BuiltEntry> {
  const outDir = await mkdtemp(join(tmpdir(), 'relume-entry-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: fileURLToPath(source), outDir, rollupOptions: { output: { entryFileNames: 'entry.mjs' } } },
  });
  return { path: join(outDir, 'entry.mjs'), remove: () => rm(outDir, { recursive: true }) };
}
