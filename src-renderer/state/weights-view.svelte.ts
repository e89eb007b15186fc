import type { BackwardLook, ForwardLook } from '../../src-worker/api';
import { withLook } from './look-history';

/** The sides from which the Weights view looks at a network. */
export const WEIGHT_LOOKS = [
  { value: 'numbers', label: 'Numbers' },
  { value: 'histograms', label: 'Over time' },
  { value: 'flow', label: 'Gradient flow' },
] as const;
export type WeightLook = (typeof WEIGHT_LOOKS)[number]['value'];

/** What histograms are drawn of. */
export const QUANTITIES = [
  { value: 'weights', label: 'Weights' },
  { value: 'activations', label: 'Activations' },
  { value: 'gradients', label: 'Gradients' },
  { value: 'updates', label: 'Updates' },
] as const;
export type Quantity = (typeof QUANTITIES)[number]['value'];

/** What of the Weights view outlives a look at another view. */
export class WeightsViewState {
  look = $state<WeightLook>('numbers');
  /** `W1`; empty for the first one. */
  array = $state('');
  /** The first unit on the screen. */
  from = $state(0);
  /** Whether weights that lie over an image are shown as pictures, and three channels as colours. */
  pictures = $state(true);
  colors = $state(true);
  /** The unit whose picture is large. */
  unit = $state<number | null>(null);
  quantity = $state<Quantity>('weights');
  forward = $state.raw<readonly ForwardLook[]>([]);
  backward = $state.raw<readonly BackwardLook[]>([]);

  sawForward(look: ForwardLook): void {
    const same = sameArrays(this.forward.at(-1), look);
    this.forward = withLook(same ? this.forward : [], look);
  }

  sawBackward(look: BackwardLook): void {
    const same = sameArrays(this.backward.at(-1), look);
    this.backward = withLook(same ? this.backward : [], look);
  }
}

/** Whether two looks are at networks with the same arrays, so that their histograms may stand side by side. */
function sameArrays(
  a: Pick<ForwardLook | BackwardLook, 'parameters'> | undefined,
  b: Pick<ForwardLook | BackwardLook, 'parameters'>,
): boolean {
  return a?.parameters.map(({ name }) => name).join() === b.parameters.map(({ name }) => name).join();
}
