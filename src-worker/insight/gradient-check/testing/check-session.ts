import type { Experiment, GradientCheckRequest, GradientCheckState, Outcome, TrainerApi } from '../../../api';
import { samples } from '../../../data/samples';
import { createWasmEngine } from '../../../engines';
import { defaultDataSpec } from '../../../experiment/defaults';
import type { SampleKind } from '../../../experiment/document';
import { applyPreset, presets, type PresetData, type PresetKind } from '../../../experiment/presets';
import { loadBuiltKernels } from '../../../testing/load-kernels';
import { createTrainer } from '../../../trainer';

export function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

/** Runs a check to its end, in pieces of one pass. */
export function finish(trainer: TrainerApi, curveOf: string | null = null): GradientCheckState {
  for (;;) {
    const state = unwrap(trainer.continueGradientCheck(0, curveOf));
    if (state.status === 'done') return state;
  }
}

/** A network on a sample, some steps into its training; `build` makes it what it is. */
export async function trainedSample(
  sample: SampleKind,
  seed: number,
  change: (experiment: Experiment, data: PresetData) => Experiment = (experiment) => experiment,
): Promise<TrainerApi> {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  const spec = defaultDataSpec({ sample, examples: 40, noise: 0.1, seed });
  const { task, classes, inputShape } = unwrap(await trainer.loadData(spec, [], []));
  const suggested = unwrap(trainer.suggestExperiment('check'));
  const seeded = { ...suggested, network: { ...suggested.network, seed } };
  const experiment = change(seeded, { task, classes: classes.length, inputShape });
  unwrap(await trainer.build(experiment));
  unwrap(trainer.advance({ steps: 3 }));
  return trainer;
}

/** Every sample with the network that is suggested for it and with every preset that suits it. */
export function* everyCase(): Generator<readonly [sample: SampleKind, preset: PresetKind | 'suggested']> {
  for (const sample of Object.keys(samples) as SampleKind[]) {
    for (const preset of ['suggested', ...(Object.keys(presets) as PresetKind[])] as const) yield [sample, preset];
  }
}

/**
 * The verdicts on one of them.
 * @returns null where the preset does not suit the sample
 */
export async function checkCase(
  sample: SampleKind,
  preset: PresetKind | 'suggested',
  request: Pick<GradientCheckRequest, 'examples' | 'entries'> & { readonly seed: number },
): Promise<GradientCheckState | null> {
  let unfit = false;
  const trainer = await trainedSample(sample, request.seed, (experiment, data) => {
    if (preset === 'suggested') return experiment;
    unfit = presets[preset].unfit(data) !== null;
    return unfit ? experiment : applyPreset(experiment, preset, data);
  });
  if (unfit) return null;
  const { examples, entries } = request;
  unwrap(trainer.startGradientCheck({ examples, entries, step: 1e-5, bug: null }));
  for (;;) {
    const state = unwrap(trainer.continueGradientCheck(0, null));
    if (state.status !== 'arrays') return state;
  }
}
