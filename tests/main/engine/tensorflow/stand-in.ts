/** Folders with a package that stands in for TensorFlow's. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Installs a package whose main file is this CommonJS text. */
export async function installText(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(await packageFolder(folder, name), 'index.js'), text);
}

/** Installs the package that works. */
export async function installWorking(folder: string, name: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./stand-in-tensorflow.ts', import.meta.url)),
      outDir: await packageFolder(folder, name),
      emptyOutDir: false,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'index.js' } },
    },
  });
}

async function packageFolder(folder: string, name: string): Promise<string> {
  const path = join(folder, 'node_modules', name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
  return path;
}
