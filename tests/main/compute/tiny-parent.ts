/** Forks the entry that it is given and has it print; its own standard output is the test's matter. */
import { forkNode } from '../../../main/compute/fork-node.ts';

const child = forkNode(process.argv[2] ?? '')();
child.onMessage(() => child.kill());
child.send({ kind: 'call', id: 1, method: 'open', params: { path: 'print' } });
