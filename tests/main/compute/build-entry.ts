/** Builds a TypeScript entry so that it can be forked. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export interface BuiltEntry {
  /** The JavaScript file. */
  readonly path: string;
  remove(): Promise<void>;
}

export async function buildEntry(source: string): Promise<BuiltEntry> {
  const outDir = await mkdtemp(join(tmpdir(), 'relume-entry-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: source, outDir, rollupOptions: { output: { entryFileNames: 'entry.mjs' } } },
  });
  return { path: join(outDir, 'entry.mjs'), remove: () => rm(outDir, { recursive: true }) };
}
