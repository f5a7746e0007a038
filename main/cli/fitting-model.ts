/** Whether a model does what a command is for. */
import { findModel } from '../library/models.ts';
import { programName } from './usage.ts';

interface Asked {
  readonly task: 'denoise' | 'artefacts' | 'upscale';
  /** Output pixels a side for each pixel of the picture, where that was named. */
  readonly scale?: number | undefined;
}

/**
 * Why a model is the wrong one, for the end of an error; undefined where it is not, or its file says nothing of
 * itself.
 *
 * @throws {RelumeError} 'no-such-model'
 */
export async function unfitModel(model: string, { task, scale }: Asked): Promise<string | undefined> {
  const { card } = await findModel(model);
  if (!card) return undefined;
  if (card.task !== task)
    return `${model} is a model of another kind; to use it: ${programName} restore … --chain ${model}`;
  if (scale !== undefined && card.scale !== scale)
    return `${model} makes pictures ${card.scale} times larger, not ${scale}; --width or --megapixels bring them to any size`;
  return undefined;
}

/** Whether any of these models is told a noise level; what a bare file takes is not known before it is loaded. */
export async function anyToldNoise(models: readonly string[]): Promise<boolean> {
  const found = await Promise.all(models.map((model) => findModel(model)));
  return found.some(({ card }) => !card || card.sigmaMax !== undefined);
}
