import { activations, type ActivationDefinition } from './activations';
import type { Precision } from './engine';
import type { ActivationKind, LossKind } from './experiment/document';
import { addScaled, addSigns, scaleRows } from './kernels/reference';
import { layers, type Pass, type ReferenceLayer } from './layers';
import { losses, type LossDefinition } from './losses';
import type { LayerRegistry, ResolvedLayer, ResolvedParameter } from './shape';
import { sizeOf, type FloatArray } from './tensor';

/** The definitions that a network is made of. Tests swap one for a wrong one and expect to be told. */
export interface Registries {
  readonly layers: LayerRegistry;
  readonly activations: { readonly [K in ActivationKind]: ActivationDefinition<K> };
  readonly losses: { readonly [K in LossKind]: LossDefinition<K> };
}

export const registries: Registries = { layers, activations, losses };

/** A parameter array at work, with its gradient beside it. */
export interface LiveParameter {
  readonly spec: ResolvedParameter;
  readonly values: FloatArray;
  readonly gradient: FloatArray;
}

/** One layer at work. Arrays are `[rows, …outputShape]` and hold the last pass; they move when more rows are reserved. */
export interface LiveLayer {
  readonly resolved: ResolvedLayer;
  readonly activation: ActivationDefinition;
  readonly parameters: readonly LiveParameter[];
  readonly outputs: number;
  z: FloatArray;
  a: FloatArray;
  delta: FloatArray;
}

/**
 * Forward and backward propagation through a network, as the notes write them down. It owns the parameters, their gradients
 * and the values of one batch; it knows nothing of epochs, optimizers or files.
 */
export interface Propagation {
  readonly layers: readonly LiveLayer[];
  readonly parameters: readonly LiveParameter[];
  /** ŷ of the last forward pass, `[rows, outputs]`: the last layer's a, valid until the next one. */
  readonly yHat: FloatArray;
  readonly memoryBytes: number;
  /** The branches of the layers in the last forward pass; see `ReferenceLayer.branch`. */
  readonly branches: string;
  /** An array of the network's precision. */
  allocate(length: number): FloatArray;
  /**
   * a[0] = x, then z[ℓ] = W[ℓ] a[ℓ−1] + b[ℓ] and a[ℓ] = g(z[ℓ]) for every layer. CS229 notes, backpropagation §1.
   * @param from first layer to work out, from 0: those before it keep what the last pass on the same x gave them
   */
  forward(x: FloatArray, pass: Pass, from?: number): void;
  /** Σ L over the rows of the last forward pass, each times its weight where weights are given. */
  loss(y: FloatArray, rows: number, weights?: FloatArray | null): number;
  /**
   * The three-step recipe of CS229 notes, backpropagation §2, after a forward pass on the same x: delta of the last layer out of the
   * loss, delta of each earlier layer, and with them every gradient of the cost, its {@link CostTerms} included (3.37).
   */
  backward(x: FloatArray, y: FloatArray, pass: Pass, terms: CostTerms): void;
  /** Lets the layers take what the batch of the last forward pass says into what they keep beside trained parameters. */
  updateStatistics(pass: Pass): void;
}

/** What the cost J has beside the mean of the losses. */
export interface CostTerms {
  /** λ: adds λ/2 ΣW² over weights, not biases. CS229 notes (3.34). */
  readonly l2: number;
  /** λ₁: adds λ₁ Σ|W| over the same; its derivative at 0 is taken to be 0. */
  readonly l1?: number;
  /** What each example's loss is multiplied by, `[rows]`. */
  readonly weights?: FloatArray | null;
}

export function createPropagation(
  resolved: readonly ResolvedLayer[],
  lossKind: LossKind,
  precision: Precision,
  registry: Registries = registries,
): Propagation {
  const allocate = (length: number): FloatArray =>
    precision === 'float64' ? new Float64Array(length) : new Float32Array(length);
  const own: FloatArray[] = [];
  const allocateForLayer = (length: number): FloatArray => {
    own.push(allocate(length));
    return own.at(-1)!;
  };
  const loss: LossDefinition = registry.losses[lossKind];
  const live = resolved.map((layer): LiveLayer => {
    const parameters = layer.parameters.map((spec) => ({
      spec,
      values: allocate(sizeOf(spec.shape)),
      gradient: allocate(sizeOf(spec.shape)),
    }));
    return {
      resolved: layer,
      activation: registry.activations[layer.activation ?? 'identity'],
      parameters,
      outputs: sizeOf(layer.outputShape),
      z: allocate(0),
      a: allocate(0),
      delta: allocate(0),
    };
  });
  const workers = live.map(({ resolved: { definition, place, key }, parameters }): ReferenceLayer =>
    definition.create(place, {
      parameters: parameters.map((parameter) => parameter.values),
      gradients: parameters.map((parameter) => parameter.gradient),
      key,
      allocate: allocateForLayer,
    }),
  );
  const parameters = live.flatMap((layer) => layer.parameters);
  const last = live.at(-1)!;
  let capacity = 0;

  /** A layer without an activation has one array for z and a. */
  const reserve = (rows: number): void => {
    if (rows <= capacity) return;
    capacity = rows;
    for (const layer of live) {
      layer.z = allocate(rows * layer.outputs);
      layer.a = layer.resolved.activation === null ? layer.z : allocate(rows * layer.outputs);
      layer.delta = allocate(rows * layer.outputs);
    }
  };

  const outputOf = (y: FloatArray, rows: number) => ({
    z: last.z,
    a: last.a,
    y,
    rows,
    columns: last.outputs,
    activation: last.activation,
  });

  return {
    layers: live,
    parameters,
    allocate,

    get yHat() {
      return last.a;
    },

    get memoryBytes() {
      const arrays = [
        ...own,
        ...parameters.flatMap(({ values, gradient }) => [values, gradient]),
        ...live.flatMap(({ z, a, delta }) => (z === a ? [z, delta] : [z, a, delta])),
      ];
      return arrays.reduce((sum, array) => sum + array.byteLength, 0);
    },

    get branches() {
      return workers.map((worker) => worker.branch?.() ?? '').join(';');
    },

    forward(x, pass, from = 0) {
      const { rows } = pass;
      reserve(rows);
      live.forEach((layer, l) => {
        if (l < from) return;
        workers[l]!.forward(live[l - 1]?.a ?? x, layer.z, pass);
        if (layer.z !== layer.a) layer.activation.forward(layer.z, layer.a, rows, layer.outputs);
      });
    },

    loss(y, rows, weights = null) {
      if (weights === null) return loss.loss(outputOf(y, rows));
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        const of = (array: FloatArray): FloatArray => array.subarray(row * last.outputs, (row + 1) * last.outputs);
        sum += weights[row]! * loss.loss({ ...outputOf(of(y), 1), z: of(last.z), a: of(last.a) });
      }
      return sum;
    },

    backward(x, y, pass, { l2, l1 = 0, weights = null }) {
      const { rows } = pass;
      // Step 1: delta of the output layer.
      loss.delta(outputOf(y, rows), last.delta);
      if (weights !== null) scaleRows(last.delta, weights, rows, last.outputs);
      for (let l = live.length - 1; l >= 0; l--) {
        const layer = live[l]!;
        const before = live[l - 1];
        // Step 3: dW and db of this layer; and da of the layer before it.
        workers[l]!.backward(before?.a ?? x, layer.delta, before?.delta ?? null, pass);
        // Step 2: delta of the layer before it.
        before?.activation.backward(before.z, before.a, before.delta, before.delta, rows, before.outputs);
      }
      for (const { spec, values, gradient } of parameters) {
        if (!spec.regularised) continue;
        if (l2 !== 0) addScaled(values, l2, gradient, values.length);
        if (l1 !== 0) addSigns(values, l1, gradient, values.length);
      }
    },

    updateStatistics(pass) {
      for (const worker of workers) worker.updateStatistics?.(pass);
    },
  };
}
