import * as tf from '@tensorflow/tfjs-core';
import type { Platform, ProductSession, ProductStart } from '../contract';

/** Its `matMul` with its flags for transposed operands, on the current backend. */
export function multiplyWithTfjs({ workload, a, b }: ProductStart, platform: Platform): ProductSession {
  tf.enableProdMode();
  const { variant, m, k, n } = workload;
  const A = tf.tensor2d(a, variant === 'TN' ? [k, m] : [m, k]);
  const B = tf.tensor2d(b, variant === 'NT' ? [n, k] : [k, n]);
  let C = tf.zeros([m, n]);
  return {
    platform,
    run(times) {
      for (let i = 0; i < times; i++) {
        C.dispose();
        C = tf.matMul(A, B, variant === 'TN', variant === 'NT');
      }
    },
    result: () => C.dataSync(),
  };
}
