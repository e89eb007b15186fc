import type { ResolvedLayer, ResolvedParameter } from '../../../shape';

/** Names of the trained arrays of some layers, such as W1 and b1: all, or those of one name. */
export function trainedArrays(layers: readonly ResolvedLayer[], name?: string): readonly string[] {
  const counts = (parameter: ResolvedParameter): boolean =>
    parameter.trained && (name === undefined || parameter.name === name);
  return layers.flatMap(({ parameters }) => parameters.filter(counts)).map(({ fullName }) => fullName);
}

/** The layers with weights W and biases b that sum over their inputs. */
export function weightedLayers(layers: readonly ResolvedLayer[]): readonly ResolvedLayer[] {
  return layers.filter(({ place: { layer } }) => layer.kind === 'dense' || layer.kind === 'conv2d');
}

/** The layers up to the last hidden one whose activation bends: what an error in its g′ reaches. */
export function upToLastBend(layers: readonly ResolvedLayer[]): readonly ResolvedLayer[] {
  const hidden = layers.slice(
    0,
    layers.findLastIndex(({ activation }) => activation !== null),
  );
  return hidden.slice(
    0,
    hidden.findLastIndex(({ activation }) => activation !== null && activation !== 'identity') + 1,
  );
}
