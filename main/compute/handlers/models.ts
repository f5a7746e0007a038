import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { cardIn, withCard } from '../../engine/embedded-card.ts';
import { loadNetwork, multipleKey, openModel, scaleKey } from '../../engine/load-network.ts';
import { inspectModel } from '../../engine/model-file.ts';
import { probeModel } from '../../engine/probe-model.ts';
import { decode } from '../../image/decode.ts';
import { displayTile } from '../../image/display-tile.ts';
import { estimateNoise } from '../../image/noise-estimate.ts';
import { RelumeError } from '../../library/failure.ts';
import { findModel, verifyModel } from '../../library/models.ts';
import { samplePath } from '../../library/paths.ts';
import { writingReason } from '../../library/system-reason.ts';
import { applyNetwork } from '../../restore/apply-network.ts';
import { lookOf } from '../../restore/model-look.ts';
import { drawProbe } from '../../restore/probe-pictures.ts';
import type { Handlers, ProbedModel } from '../protocol.ts';

export const modelHandlers: Pick<Handlers, 'probe' | 'modelLook' | 'exportModel'> = {
  probe: async ({ path, ...known }) => {
    const bytes = await readFile(path);
    const label = basename(path);
    const facts = inspectModel(bytes, label);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const card = cardIn(bytes);
    const common = { parameters: facts.parameters, sha256, ...(card && { card }) };
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
  modelLook: async ({ model }) => {
    const found = await findModel(model);
    await verifyModel(found);
    const { task = 'denoise', scale = 1, convention } = found.card ?? {};
    const before = await lookOf(await decode(samplePath), { task, scale });
    // A network of its own: those of the jobs stay as they are.
    const network = await loadNetwork(found.path, 'cpu', convention);
    try {
      const after = await applyNetwork(before, network, { sigma: estimateNoise(before).level });
      return { before: await displayTile(before, 0, 0, 0), after: await displayTile(after, 0, 0, 0) };
    } finally {
      await network.dispose();
    }
  },
  exportModel: async ({ path, card, output }) => {
    await writeModel(output, withCard(await readFile(path), card));
    return null;
  },
};

/** @throws {RelumeError} 'write-failed', also where there is a file of that name */
async function writeModel(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx', flush: true });
  } catch (error) {
    const message = `${path} cannot be written: ${writingReason(error)}.`;
    throw new RelumeError({ code: 'write-failed', message });
  }
}

/** A model that Relume made says itself what it needs. */
async function own(bytes: Uint8Array): Promise<Pick<ProbedModel, 'scale' | 'told'>> {
  const network = await loadNetwork(bytes, 'cpu');
  await network.dispose();
  return { scale: network.scale, told: network.inputChannels === 4 };
}
