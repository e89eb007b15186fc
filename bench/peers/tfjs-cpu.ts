import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { Peer } from '../contract';
import { openTfjs } from './tfjs';
import { automatic } from './tfjs-automatic';

export const tfjsCpu: Peer = {
  title: `TensorFlow.js ${tf.version_core} cpu`,
  async train(start) {
    if (!(await tf.setBackend('cpu'))) throw new Error('TensorFlow.js could not start its cpu backend.');
    return openTfjs(start, automatic, { about: 'JavaScript, float32', threads: 1 });
  },
};
