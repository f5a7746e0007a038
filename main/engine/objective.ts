/** What a training run makes smaller: a loss, as it follows from a batch and the network's parameters. */
import type { Node, Shape } from './graph/graph.ts';
import { input } from './graph/graph.ts';
import type { NetworkBuilder, ParameterSource } from './parameters.ts';

export interface Objective {
  /** Shapes of a batch's values, by name. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Builds the loss [], and parts of it [] that are worth reporting. */
  readonly build: (batch: (name: string) => Node, parameters: ParameterSource) => Losses;
  /** Whether the loss is a mean over the batch, so that of its parts' losses as well. */
  readonly isMean?: boolean;
}

export interface Losses {
  readonly loss: Node;
  readonly parts?: Readonly<Record<string, Node>>;
}

/** The objective's losses on graph inputs that have the names of the batch's values. */
export function losses(objective: Objective, parameters: ParameterSource): Losses {
  const nodes = new Map(Object.entries(objective.inputs).map(([name, shape]) => [name, input(name, shape)]));
  return objective.build((name) => {
    const node = nodes.get(name);
    if (!node) throw new Error(`the objective asked for an unknown value of the batch: ${name}`);
    return node;
  }, parameters);
}

/**
 * A network that shall turn `input` into `target`.
 *
 * @param loss a mean over the batch
 */
export function supervised(
  network: NetworkBuilder,
  loss: (prediction: Node, target: Node) => Node,
  inputs: { readonly input: Shape; readonly target: Shape },
): Objective {
  return {
    inputs,
    isMean: true,
    build: (batch, parameters) => ({ loss: loss(network(batch('input'), parameters), batch('target')) }),
  };
}
