// Runs Relume from a checkout (`npm start`): builds what is stale, then hands over to the command line,
// or opens the app when no command is given. Plain JavaScript, because it runs before anything is built.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfStale } from './start/build.mjs';
import { commands } from './start/commands.mjs';
import { findElectron, runElectron } from './start/electron.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 19];

/** True when the arguments name nothing to do but, perhaps, files to open. */
function opensApp(/** @type {string[]} */ args) {
  return !commands.includes(args[0] ?? '') && args.every((file) => existsSync(file));
}

async function runCli(/** @type {string[]} */ args) {
  process.argv = [process.execPath, fileURLToPath(import.meta.url), ...args];
  await import(pathToFileURL(path.join(root, 'dist/main/cli.js')).href);
}

async function openApp(/** @type {string[]} */ files) {
  const found = await findElectron(root);
  if (found.kind === 'found') {
    say('Relume opens in Electron.');
    const reason = await runElectron(found.binary, [root, ...files.map((file) => path.resolve(file))]);
    if (reason === undefined) return;
    found.reason = reason;
  }
  say(`Relume runs in the browser window because ${found.reason}.`);
  await runCli(['serve', ...files]);
}

function nodeIsTooOld() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

function say(/** @type {string} */ line) {
  process.stdout.write(`${line}\n`);
}

function stop(/** @type {string} */ reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

if (nodeIsTooOld())
  stop(`Relume needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
if (!existsSync(path.join(root, 'node_modules/vite'))) stop('Run `npm ci` first: node_modules is missing.');

const failure = buildIfStale(root);
if (failure !== undefined) stop(`${failure}\nRelume could not be built; the reason stands above.`);

const args = process.argv.slice(2);
await (opensApp(args) ? openApp(args) : runCli(args));
