import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the build reads; of models/ only its sources, because weights are read when Relume runs. */
const sources = ['main', 'preload', 'renderer', 'vite.config.ts', 'package.json', 'package-lock.json'];

/** One file of each part of the build. */
const outputs = ['dist/main/cli.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html'];

/**
 * Builds when a source is newer than the oldest part of the last build. Says so on standard error, because
 * standard output belongs to the command that follows.
 *
 * @param {string} root the checkout
 * @returns {string | undefined} what the build printed, when it failed
 */
export function buildIfStale(root) {
  if (!isStale(root)) return undefined;
  process.stderr.write('Building Relume…\n');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const run = spawnSync(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
  });
  return run.status === 0 ? undefined : `${run.stdout}${run.stderr}`;
}

/**
 * True when a part of the build is missing, or older than a source.
 *
 * @param {string} root the checkout
 */
export function isStale(root) {
  const built = Math.min(...outputs.map((file) => modified(path.join(root, file))));
  return newestSource(root) > built;
}

function newestSource(/** @type {string} */ root) {
  const models = path.join(root, 'models');
  const networks = readdirSync(models).filter((name) => name.endsWith('.ts'));
  return Math.max(
    ...sources.map((name) => newest(path.join(root, name))),
    ...networks.map((name) => modified(path.join(models, name))),
  );
}

/** Folders count too: removing a file changes nothing but its folder. */
function newest(/** @type {string} */ entry) {
  const own = modified(entry);
  if (!statSync(entry, { throwIfNoEntry: false })?.isDirectory()) return own;
  const inside = readdirSync(entry, { recursive: true, encoding: 'utf8' });
  return Math.max(own, ...inside.map((name) => modified(path.join(entry, name))));
}

/** Milliseconds; 0 for what does not exist. */
function modified(/** @type {string} */ file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
