/** Sets up TensorFlow from the window. */
import { runNpm } from '../engine/tensorflow/npm.ts';
import { installTensorFlow, removeTensorFlow } from '../engine/tensorflow/setup.ts';
import { tensorFlowFolder } from '../library/paths.ts';
import type { Answers, ApiContext } from './context.ts';

export const engineAnswers = ({ devices }: ApiContext): Answers<'engines.tensorflow'> => ({
  'engines.tensorflow': async ({ wanted }) => {
    const folder = tensorFlowFolder();
    if (wanted) await installTensorFlow({ folder, name: '@tensorflow/tfjs-node-gpu', npm: runNpm });
    else await removeTensorFlow(folder);
    const found = (await devices.measure()).find(({ id }) => id === 'tensorflow');
    return { works: found?.available ?? false, message: found?.verdict ?? '' };
  },
});
