import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadNetwork, multipleKey, openModel, scaleKey } from '../../engine/load-network.ts';
import { inspectModel } from '../../engine/model-file.ts';
import { probeModel } from '../../engine/probe-model.ts';
import { drawProbe } from '../../restore/probe-pictures.ts';
import type { Handlers, ProbedModel } from '../protocol.ts';

export const modelHandlers: Pick<Handlers, 'probe'> = {
  probe: async ({ path, ...known }) => {
    const bytes = await readFile(path);
    const label = basename(path);
    const facts = inspectModel(bytes, label);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const common = { parameters: facts.parameters, sha256 };
    if ([multipleKey, scaleKey].some((key) => facts.words.includes(key)))
      return { ...(await own(bytes)), ...common };
    const draw = await drawProbe();
    const session = await openModel(bytes, label, 'cpu');
    try {
      const convention = await probeModel(session, facts, draw, { known, label });
      return { convention, scale: convention.scale, told: convention.channels === 4, ...common };
    } finally {
      await session.dispose();
    }
  },
};

/** A model that Relume made says itself what it needs. */
async function own(bytes: Uint8Array): Promise<Pick<ProbedModel, 'scale' | 'told'>> {
  const network = await loadNetwork(bytes, 'cpu');
  await network.dispose();
  return { scale: network.scale, told: network.inputChannels === 4 };
}
