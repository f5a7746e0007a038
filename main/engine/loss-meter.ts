/** An objective's loss at given parameters, without learning from it: for held-out data, on the CPU. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { input } from './graph/graph.ts';
import { losses, type Objective } from './objective.ts';
import { toOnnx } from './onnx.ts';
import { fromFlat, parameterCount } from './parameters.ts';
import { type Batch, objectiveParameters } from './trainer.ts';

export interface LossReport {
  readonly loss: number;
  /** The objective's parts of the loss, by name. */
  readonly parts: Readonly<Record<string, number>>;
}

export class LossMeter {
  readonly #session: InferenceSession;
  readonly #objective: Objective;

  private constructor(session: InferenceSession, objective: Objective) {
    this.#session = session;
    this.#objective = objective;
  }

  static async create(objective: Objective): Promise<LossMeter> {
    const specs = objectiveParameters(objective);
    const values = fromFlat(input('parameters', [parameterCount(specs)]), specs);
    const { loss, parts = {} } = losses(objective, (name) => {
      const node = values.get(name);
      if (!node) throw new Error(`the network asked for an unknown parameter: ${name}`);
      return node;
    });
    const model = toOnnx({ ...parts, loss });
    const session = await InferenceSession.create(model, { executionProviders: ['cpu'] });
    return new LossMeter(session, objective);
  }

  /** Means over the batches. */
  async measure(parameters: Float32Array, batches: Iterable<Batch>): Promise<LossReport> {
    const sums = new Map<string, number>();
    let count = 0;
    for (const batch of batches) {
      const feeds = Object.entries(this.#objective.inputs).map(([name, shape]) => {
        const values = batch[name];
        if (!values) throw new Error(`the batch has no ${name}`);
        return [name, new Tensor('float32', values, shape)] as const;
      });
      const flat = new Tensor('float32', parameters, [parameters.length]);
      const outputs = await this.#session.run({ ...Object.fromEntries(feeds), parameters: flat });
      for (const [name, { data }] of Object.entries(outputs)) {
        sums.set(name, (sums.get(name) ?? 0) + Number(data[0]));
      }
      count++;
    }
    const { loss = Number.NaN, ...parts } = Object.fromEntries(
      [...sums].map(([name, sum]) => [name, sum / count]),
    );
    return { loss, parts };
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }
}
