/** What advances a run through one of its stages: the trainer, and the stream of its batches. */
import { readFile } from 'node:fs/promises';
import { networks } from '../../models/networks.ts';
import { l1 } from '../engine/losses.ts';
import { type Objective, supervised } from '../engine/objective.ts';
import { readParameters } from '../engine/onnx.ts';
import { fittingValues, type ParameterSpec } from '../engine/parameters.ts';
import { initialState, stateFrom, Trainer, type TrainingState } from '../engine/trainer.ts';
import { findModel } from '../library/models.ts';
import { BatchStream } from './batches.ts';
import type { Collection } from './collection.ts';
import { type Run, RunError, type Stage } from './run-files.ts';
import { stageAt } from './stages.ts';
import { taskOf } from './tasks/task.ts';
import type { TrainingDevice } from './training-device.ts';

export interface StageEngine {
  readonly stage: Stage;
  readonly trainer: Trainer;
  readonly batches: BatchStream;
}

export function objectiveOf({ network, task }: Run, { patches, size }: Stage): Objective {
  const { build, inputChannels } = networks[network];
  const seen = size / taskOf(task).scale;
  return supervised(build, l1, {
    input: [patches, inputChannels, seen, seen],
    target: [patches, 3, size, size],
  });
}

/** @param step the first that it shall take */
export async function openStage(
  run: Run,
  step: number,
  collection: Collection,
  device: TrainingDevice,
  state: TrainingState,
): Promise<StageEngine> {
  const stage = stageAt(run, step);
  const { seed, task, network } = run;
  const batches = new BatchStream(collection, { seed, task, network, ...stage });
  // Photos are decoded while the engine makes itself ready.
  batches.prepare(step);
  try {
    const trainer = await Trainer.create(
      {
        objective: objectiveOf(run, stage),
        device: device.id,
        parts: device.partsOf(stage.patches),
        onTrouble: (trouble) => device.meet(trouble),
      },
      state,
    );
    return { stage, trainer, batches };
  } catch (error) {
    await batches.close();
    throw error;
  }
}

export async function closeStage({ batches, trainer }: StageEngine): Promise<void> {
  await batches.close();
  await trainer.dispose();
}

/** @throws RunError when the model to begin with is of another network */
export async function startingState(
  specs: readonly ParameterSpec[],
  { seed, from }: Run,
): Promise<TrainingState> {
  if (from === undefined) return initialState(specs, seed);
  const { path } = await findModel(from);
  const fitting = fittingValues(readParameters(await readFile(path)), specs);
  if (!fitting)
    throw new RunError(`${from} is a model of another network, which training cannot begin with.`);
  const { parameters } = initialState(specs, seed);
  for (const { offset, values } of fitting) parameters.set(values, offset);
  return stateFrom(parameters);
}
