/** An optimizer step on ONNX Runtime, of a whole batch at once or of one part of it after the other. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { AdamWOptions, OptimizerState, StepInputs } from './adamw.ts';
import { meansOf, partOf, partsOf } from './batch-parts.ts';
import type { Provider } from './devices.ts';
import type { Objective } from './objective.ts';
import { type ParameterSpec, parameterCount } from './parameters.ts';
import { trainingSessionOptions } from './session-options.ts';
import type { Batch } from './trainer.ts';
import { partialGradientModel, partPrefix, trainingStepModel, updateModel } from './training-step.ts';

export interface OnnxStepOptions {
  readonly objective: Objective;
  /** The objective's parameters, in the order of the state's vectors. */
  readonly specs: readonly ParameterSpec[];
  readonly optimizer: AdamWOptions;
  readonly provider: Provider;
  /** Parts that the batch is taken in. */
  readonly parts: number;
}

export type StateTensors = OptimizerState<Tensor>;

/** What an optimizer step gives. */
export interface Stepped {
  readonly state: StateTensors;
  /** 'loss', 'gradientNorm', and parts of the loss under their prefix. */
  readonly numbers: Readonly<Record<string, number>>;
}

export interface OnnxStep {
  run(state: StateTensors, batch: Batch, scalars: StepInputs<number>): Promise<Stepped>;
  release(): Promise<void>;
}

export async function openStep(options: OnnxStepOptions): Promise<OnnxStep> {
  return options.parts === 1 ? wholeStep(options) : dividedStep(options);
}

async function wholeStep({ objective, specs, optimizer, provider }: OnnxStepOptions): Promise<OnnxStep> {
  const session = await open(trainingStepModel(objective, specs, optimizer), provider);
  return {
    run: async (state, batch, scalars) =>
      stepped(await session.run({ ...state, ...feeds(objective, batch), ...tensors(scalars) })),
    release: () => session.release(),
  };
}

async function dividedStep(options: OnnxStepOptions): Promise<OnnxStep> {
  const { objective, specs, optimizer, provider, parts } = options;
  const part = partOf(objective, parts);
  const gradient = await open(partialGradientModel(part, specs, parts), provider);
  const update = await open(updateModel(specs, optimizer), provider);
  const nothing = new Float32Array(parameterCount(specs));
  return {
    run: async (state, batch, scalars) => {
      let sum: Tensor = new Tensor('float32', nothing, [nothing.length]);
      const reports: Record<string, number>[] = [];
      for (const values of partsOf(objective, batch, parts)) {
        const { parameters } = state;
        const outputs = await gradient.run({ parameters, gradient: sum, ...feeds(part, values) });
        sum = output(outputs, 'next.gradient');
        reports.push(numbersIn(outputs));
      }
      const { numbers, ...next } = stepped(
        await update.run({ ...state, gradient: sum, ...tensors(scalars) }),
      );
      return { ...next, numbers: { ...meansOf(reports), ...numbers } };
    },
    release: async () => {
      await Promise.all([gradient.release(), update.release()]);
    },
  };
}

const open = (model: Uint8Array, provider: Provider) =>
  InferenceSession.create(model, trainingSessionOptions(provider));

type Outputs = Readonly<Record<string, Tensor>>;

function stepped(outputs: Outputs): Stepped {
  const next = (name: string) => output(outputs, `next.${name}`);
  const state = { parameters: next('parameters'), m: next('m'), v: next('v'), ema: next('ema') };
  return { state, numbers: numbersIn(outputs) };
}

function numbersIn(outputs: Outputs): Record<string, number> {
  const names = Object.keys(outputs).filter(
    (name) => ['loss', 'gradientNorm'].includes(name) || name.startsWith(partPrefix),
  );
  return Object.fromEntries(names.map((name) => [name, Number(output(outputs, name).data[0])]));
}

function output(outputs: Outputs, name: string): Tensor {
  const tensor = outputs[name];
  if (!tensor) throw new Error(`the training step has no output ${name}`);
  return tensor;
}

function feeds({ inputs }: Objective, batch: Batch): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => {
      const values = batch[name];
      if (!values) throw new Error(`the batch has no ${name}`);
      return [name, new Tensor('float32', values, shape)];
    }),
  );
}

function tensors(scalars: StepInputs<number>): Record<string, Tensor> {
  const scalar = (value: number) => new Tensor('float32', Float32Array.of(value), []);
  return Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, scalar(value)]));
}
