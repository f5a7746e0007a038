/** A compute process without an engine: its handlers do what the tests of the host ask in the path. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openChannel } from '../../../main/compute/channel.ts';
import { serve } from '../../../main/compute/serve.ts';

const facts = { width: 1, height: 1, depth: 8 as const, format: 'png', sigma: process.pid };

serve(
  {
    open: async ({ path }) => {
      if (path === 'print') process.stdout.write('printed by the compute process\n');
      if (path === 'crash') process.kill(process.pid, 'SIGKILL');
      if (path === 'exit') process.exit(3);
      return facts;
    },
    tile: async ({ x }) => Uint8Array.of(x, 2, 3),
    save: async ({ path, device }, { signal, progress }) => {
      progress({ progress: 0.5, device });
      if (path === 'endless') await sleep(1e9, undefined, { signal });
      if (path === 'crash unless on the CPU' && device !== 'cpu') process.kill(process.pid, 'SIGKILL');
      const seconds = { decode: 0, network: 0, encode: 0, total: 0 };
      return { output: path, width: 1, height: 1, sigma: 0, device, seconds, peakMemoryMB: 0 };
    },
  },
  openChannel(),
);
