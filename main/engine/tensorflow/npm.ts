/** Runs npm, for packages that are installed on demand. */
import { spawn } from 'node:child_process';
import { RelumeError } from '../../library/failure.ts';

/**
 * The npm that started this process, else the one on the path. What it prints belongs to standard error.
 *
 * @returns its exit status
 * @throws {RelumeError} 'no-npm'
 */
export function runNpm(args: readonly string[], folder: string): Promise<number> {
  // Electron's own executable is no Node that npm could run in.
  const own = process.versions.electron === undefined ? process.env.npm_execpath : undefined;
  const [program, first] = own ? [process.execPath, [own]] : ['npm', []];
  const child = spawn(program, [...first, ...args], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    // npm is a script on Windows.
    shell: !own && process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.once('error', ({ message }) =>
      reject(
        new RelumeError({
          code: 'no-npm',
          message: `npm could not be started (${message}): it comes with Node.js, from nodejs.org.`,
        }),
      ),
    );
    child.once('close', (code) => resolve(code ?? 1));
  });
}
