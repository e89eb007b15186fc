import type { Task } from '../api';
import type { ActivationKind, Conv2dSpec, DenseSpec, LossKind } from './document';

/** Layers as the app itself writes them into a document. */

/** Xavier keeps the variance through tanh, sigmoid and softmax; relu halves it, which He makes up for. CS229 notes (3.13). */
export function dense(units: number, activation: ActivationKind): DenseSpec {
  return { kind: 'dense', units, activation, initializer: initializerFor(activation) };
}

export function conv(filters: number, kernel: number, activation: ActivationKind = 'relu'): Conv2dSpec {
  const initializer = initializerFor(activation);
  return { kind: 'conv2d', filters, kernel, stride: 1, padding: 'same', activation, initializer };
}

/** What the data ask of the network's output. */
export interface OutputTarget {
  readonly task: Task;
  /** Number of classes; 0 for regression. */
  readonly classes: number;
}

/** The output layer and loss that belong to the task: identity and squared, sigmoid and logistic, softmax and cross-entropy. */
export function outputFor({ task, classes }: OutputTarget): { readonly layer: DenseSpec; readonly loss: LossKind } {
  switch (task) {
    case 'regression':
      return { layer: dense(1, 'identity'), loss: 'squared' };
    case 'binary':
      return { layer: dense(1, 'sigmoid'), loss: 'logistic' };
    case 'multi-class':
      return { layer: dense(classes, 'softmax'), loss: 'cross-entropy' };
  }
}

function initializerFor(activation: ActivationKind): DenseSpec['initializer'] {
  return { kind: activation === 'relu' ? 'he-normal' : 'xavier-normal' };
}
