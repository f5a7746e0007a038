/** What the compute process would do, without pixels: paths that contain "bad" are refused. */

import type { ComputeMethods, Handlers, MethodName } from '../../../main/compute/protocol.ts';
import { RelumeError } from '../../../main/library/failure.ts';
import type { Device } from '../../../preload/contract.ts';
import { hostOf } from '../compute/in-process.ts';

export const facts = { width: 40, height: 30, depth: 8 as const, format: 'jpeg', sigma: 12 };

export const processor: Device = {
  id: 'cpu',
  name: 'CPU',
  available: true,
  precision: 'float32',
  fastestFor: [],
  verdict: 'Works for everything.',
};

/** A call that arrived. */
type Arrived = { [K in MethodName]: { method: K; params: ComputeMethods[K]['params'] } }[MethodName];

/** A host of such a process, and the calls it got. */
export function fakeCompute() {
  const calls: Arrived[] = [];
  const handlers: Partial<Handlers> = {
    open: async (params) => {
      calls.push({ method: 'open', params });
      if (params.path.includes('bad')) throw new RelumeError({ code: 'damaged', message: 'It is cut off.' });
      return facts;
    },
    close: async (params) => {
      calls.push({ method: 'close', params });
      return null;
    },
    tile: async (params) => {
      calls.push({ method: 'tile', params });
      return Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
    },
    devices: async () => [processor],
    preview: (params, { signal, progress }) => {
      calls.push({ method: 'preview', params });
      progress({ progress: 0.5, device: 'CPU' });
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
    save: async (params) => {
      calls.push({ method: 'save', params });
      const seconds = { decode: 0, network: 0, encode: 0, total: 0 };
      const output = `${params.folder ?? ''}${params.path}-denoised`;
      return { ...facts, output, device: 'CPU', seconds, peakMemoryMB: 1 };
    },
  };
  return { host: hostOf(handlers), calls };
}
