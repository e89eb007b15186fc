import { STAGE_VIEWS, type ViewName } from '../stage/views';
import { BoundaryViewState } from './boundary-view.svelte';
import { ActivationsViewState } from './activations-view.svelte';
import { CurveSettings } from './curve-settings.svelte';
import { DataViewState } from './data-view.svelte';
import { GradientCheckView } from './gradient-check.svelte';
import { MathsState } from './maths.svelte';
import { TryItState } from './try-it.svelte';
import { WeightsViewState } from './weights-view.svelte';
import { MistakesViewState } from './mistakes.svelte';

/** Which view the stage shows, and what of the views outlives a look at another one. */
export class StageState {
  view = $state<ViewName>('Curves');
  /** Told of each wish to see a view, also of the one that is shown. */
  onShow: () => void = () => undefined;
  readonly curves = new CurveSettings();
  readonly data = new DataViewState();
  readonly boundary = new BoundaryViewState();
  readonly tryIt = new TryItState();
  readonly weights = new WeightsViewState();
  readonly activations = new ActivationsViewState();
  readonly check = new GradientCheckView();
  readonly maths = new MathsState();
  readonly mistakes = new MistakesViewState();

  show(view: ViewName): void {
    this.view = view;
    this.onShow();
  }

  /** A view by the name that was written down; nothing where there is none of that name any more. */
  restore(name: string): void {
    const known = STAGE_VIEWS.find((each) => each.name === name);
    if (known !== undefined) this.view = known.name;
  }
}
