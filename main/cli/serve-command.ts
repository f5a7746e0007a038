/** `serve`: the window in a browser. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { portValue } from './option-values.ts';
import { addCommand, readOptions } from './usage.ts';

const schema = z.object({ port: portValue.optional(), open: z.boolean() });

export function addServe(program: Command): void {
  const command = addCommand(program, 'serve', 'show the window in a browser, on this machine only')
    .argument('[files or folders...]', 'pictures to open')
    .option('--port <1..65535>', 'a free one by default')
    .option('--no-open', 'print the address instead of opening a window')
    .action(async (files: string[]) => {
      const { port, open } = readOptions(command, schema);
      const { startWebShell } = await import('../shell/web/start-web-shell.ts');
      const shell = await startWebShell({
        open,
        pictures: files.map((file) => resolve(file)),
        ...(port !== undefined && { port }),
      });
      await shell.closed;
    });
}
