import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { input, relu } from '../../../main/engine/graph/graph.ts';
import { loadGraph } from '../../../main/engine/load-graph.ts';
import { toOnnx } from '../../../main/engine/onnx.ts';
import { useThreads } from '../../../main/engine/session-options.ts';

const without = process.platform === 'linux' ? '' : ' (skipped: the cores of threads are read from /proc)';

it.skipIf(without !== '')(`no thread of a network is bound to one core${without}`, async () => {
  useThreads(2);
  const own = coresOf('/proc/self');
  const before = readdirSync('/proc/self/task').length;
  const graph = await loadGraph(toOnnx({ y: relu(input('x', [1])) }));
  const threads = readdirSync('/proc/self/task');
  expect(threads.length).toBeGreaterThan(before);
  expect(new Set(threads.map((thread) => coresOf(`/proc/self/task/${thread}`)))).toEqual(new Set([own]));
  await graph.dispose();
  useThreads(0);
});

const coresOf = (process: string) =>
  /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync(`${process}/status`, 'latin1'))?.[1] ?? '';
