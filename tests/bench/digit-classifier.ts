/** A small network that reads digits, to judge generated ones by. */
import * as g from '../../main/engine/graph/graph.ts';
import { loadGraph } from '../../main/engine/load-graph.ts';
import type { Objective } from '../../main/engine/objective.ts';
import { toOnnx } from '../../main/engine/onnx.ts';
import { namedValues, type ParameterSource } from '../../main/engine/parameters.ts';
import { initialState, objectiveParameters, Trainer } from '../../main/engine/trainer.ts';
import { Batches, stepsPerEpoch } from '../../main/generate/batches.ts';
import { type Matrix, rowOf } from '../../main/generate/matrix.ts';
import type { PictureSet } from '../../main/generate/pictures.ts';
import { emaDecay, learningRate } from '../../main/train/schedule.ts';
import { conv, dense, flatten } from '../../models/biased-layers.ts';
import { recipeDefaults } from '../../preload/contract.ts';

const classes = 10;
const batch = 128;
const rate = 2e-3;

/** [N, 1, 28, 28] to logits [N, 10]. */
function network(picture: g.Node, parameters: ParameterSource): g.Node {
  const wide = g.maxPool(g.relu(conv(parameters, 'conv0', picture, 16)), 2);
  const narrow = g.maxPool(g.relu(conv(parameters, 'conv1', wide, 32)), 2);
  return dense(parameters, 'class', flatten(narrow), classes, { deviation: 0.02 });
}

/** Cross-entropy: ln of the sum of exp(logits), less the logit of the right class. */
function crossEntropy(logits: g.Node, label: g.Node): g.Node {
  const all = g.log(g.reduceSum(g.exp(logits), [1]));
  return g.reshape(g.reduceMean(g.sub(all, g.reduceSum(g.mul(logits, label), [1]))), []);
}

/** Reads digits: a class for every picture in 0..1. */
export type ReadDigits = (pictures: Matrix) => Promise<number[]>;

export async function trainClassifier(digits: PictureSet, epochs: number): Promise<ReadDigits> {
  const objective: Objective = {
    inputs: { target: [batch, 1, 28, 28], label: [batch, classes] },
    build: (values, parameters) => ({
      loss: crossEntropy(network(values('target'), parameters), values('label')),
    }),
  };
  const specs = objectiveParameters(objective);
  const trainer = await Trainer.create({ objective, device: 'cpu' }, initialState(specs, 1));
  const names = Array.from({ length: classes }, (_, digit) => String(digit));
  const recipe = { ...recipeDefaults, kind: 'cvae', size: 28, channels: 1, batch, classes: names } as const;
  const batches = new Batches(digits, { ...recipe, classes: names }, objective);
  const steps = Math.round(epochs * stepsPerEpoch(digits, { batch }));
  for (let step = 1; step <= steps; step++) {
    await trainer.step(batches.at(step, 0), step, learningRate(rate, step, steps), emaDecay(step));
  }
  const parameters = namedValues(trainer.state.ema, specs);
  await trainer.dispose();
  const logits = network(g.input('picture', [1, 1, 28, 28]), g.parameter);
  const graph = await loadGraph(toOnnx({ logits }, { parameters }));
  return async (pictures) => {
    const read: number[] = [];
    for (let row = 0; row < pictures.rows; row++) {
      const picture = { shape: [1, 1, 28, 28], data: rowOf(pictures, row) };
      const { logits: scores = new Float32Array() } = await graph.run({ picture });
      read.push(scores.indexOf(Math.max(...scores)));
    }
    return read;
  };
}
