import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const minute = 60_000;
/** Electron's runtime is about 110 MB. */
const fetchLimit = 5 * minute;
/** A runtime that ends by itself sooner than this never showed its window. */
const startLimit = 8_000;

/**
 * Finds Electron's runtime, fetching it when it is missing: the package carries none and has no install script.
 *
 * @param {string} root the checkout
 * @returns {Promise<{ kind: 'found', binary: string, reason?: string } | { kind: 'none', reason: string }>}
 */
export async function findElectron(root) {
  const refusal = whyNotHere(process.platform, process.env, process.getuid?.());
  if (refusal !== undefined) return { kind: 'none', reason: refusal };
  const folder = path.join(root, 'node_modules/electron');
  if (!existsSync(folder)) return { kind: 'none', reason: 'the electron package is not installed' };
  const present = runtimeIn(folder);
  if (present !== undefined) return { kind: 'found', binary: present };
  const failure = await fetchRuntime(folder);
  const fetched = runtimeIn(folder);
  if (fetched !== undefined) return { kind: 'found', binary: fetched };
  return {
    kind: 'none',
    reason: `Electron's runtime could not be fetched: ${failure ?? 'it is incomplete'}`,
  };
}

/**
 * Why Electron cannot open a window on this machine, whatever is installed.
 *
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {number | undefined} user numeric user id, where there is one
 * @returns {string | undefined}
 */
export function whyNotHere(platform, env, user) {
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  // Chromium's sandbox is never switched off, and it refuses to start without one as root.
  if (user === 0) return 'Electron does not run as root';
  return undefined;
}

/**
 * Runs Electron until it ends, with its exit status as ours.
 *
 * @param {string} binary
 * @param {string[]} args
 * @returns {Promise<string | undefined>} the reason, when it failed before a window could show
 */
export function runElectron(binary, args) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(binary, args, { stdio: 'inherit', env });
  const began = Date.now();
  let asked = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      asked = true;
      child.kill(signal);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`Electron could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      const tooSoon = !asked && code !== 0 && Date.now() - began < startLimit;
      if (!tooSoon) process.exitCode = code ?? 1;
      resolve(tooSoon ? `Electron stopped at once (${signal ?? `status ${code}`})` : undefined);
    });
  });
}

/** The runtime's executable, when the package's own installer finished. */
function runtimeIn(/** @type {string} */ folder) {
  const named = path.join(folder, 'path.txt');
  if (!existsSync(named)) return undefined;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist');
  const binary = path.join(dist, readFileSync(named, 'utf8'));
  return existsSync(binary) ? binary : undefined;
}

/** Runs the package's own installer, which checks the download against its checksums. */
function fetchRuntime(/** @type {string} */ folder) {
  process.stderr.write("Fetching Electron's runtime (about 110 MB, once)…\n");
  const child = spawn(process.execPath, [path.join(folder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: fetchLimit,
  });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  return /** @type {Promise<string | undefined>} */ (
    new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => {
        if (signal !== null) resolve(`the download took longer than ${fetchLimit / minute} minutes`);
        else resolve(code === 0 ? undefined : inWords(printed));
      });
    })
  );
}

/** One clause from the installer's stack trace. */
function inWords(/** @type {string} */ printed) {
  const first = (printed.split('\n')[0] ?? '').replace(/^\w*Error: /, '');
  return first === 'fetch failed' ? 'its download site could not be reached' : first;
}
