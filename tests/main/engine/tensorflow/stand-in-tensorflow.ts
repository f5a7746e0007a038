/** A package that behaves like TensorFlow's for Node on a card, but computes in pure JavaScript. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';

const { STAND_IN_GPU = 'true', STAND_IN_LOG = '' } = process.env;
process.stderr.write(STAND_IN_LOG);
Reflect.set(tf.backend(), 'isUsingGpuDevice', STAND_IN_GPU === 'true');

export * from '@tensorflow/tfjs-core';
