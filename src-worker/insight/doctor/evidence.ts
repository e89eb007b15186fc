import type { EpochRecord } from '../../api';
import type { PreparedData } from '../../data/prepared';
import type { CompiledNetwork } from '../../engine';
import type { Experiment } from '../../experiment/document';
import { initialParameters } from '../../network';
import type { Problem } from '../../problem';
import { resolveNetwork, type ResolvedLayer } from '../../shape';
import { sizeOf, type NamedTensor } from '../../tensor';
import type { Evidence } from './doctor-types';
import { layerEvidence } from './layer-evidence';
import { isLinear } from './linear-network';
import { linearMap } from './linear-map';
import { classOf, probeOf, type Probe } from './probe';

/** Rows of the probe that are traced, as far as all their numbers stay below the second figure. */
const TRACED_ROWS = 128;
const TRACED_NUMBERS = 400_000;

/** A run at the moment at which it is examined. */
export interface DoctorScene {
  readonly network: CompiledNetwork;
  readonly prepared: PreparedData;
  readonly experiment: Experiment;
  readonly outputs: number;
  readonly course: { readonly history: readonly EpochRecord[]; readonly problem: Problem | null };
}

/** Looks at a run on a few rows of its training part, always the same. The run itself stays as it is, to the bit. */
export function gatherEvidence({ network, prepared, experiment, outputs, course }: DoctorScene): Evidence {
  const { inputShape, task, target } = prepared.preprocessing;
  const inputs = sizeOf(inputShape);
  const resolved = resolveNetwork(experiment.network, inputShape);
  const probe = probeOf(prepared, outputs);
  const rows = Math.min(
    probe.rows,
    TRACED_ROWS,
    Math.max(8, Math.floor(TRACED_NUMBERS / numbersPerRow(resolved, inputs))),
  );
  const [x, y] = [probe.x.subarray(0, rows * inputs), probe.y.subarray(0, rows * outputs)];
  const traced = byName(network.trace(x, y, rows).tensors);
  const initial = byName(initialParameters(experiment.network, inputShape));
  const parameters = byName(network.parameters());
  const answers = task === 'regression' ? null : countAnswers(network, probe, outputs, target.classes.length);
  return {
    ...probe.evidence,
    experiment,
    task,
    classes: target.classes,
    inputs,
    outputs,
    devExamples: prepared.summary.parts.dev,
    records: course.history,
    problem: course.problem,
    layers: layerEvidence(resolved, experiment.network, traced, initial),
    right: answers?.right ?? 0,
    actual: answers?.actual ?? [],
    answered: answers?.answered ?? [],
    probed: probe.rows,
    traced: rows,
    largestInput: probe.x.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    moved: distance(parameters, initial),
    map: isLinear({ experiment }) ? linearMap(experiment, parameters, inputs, outputs) : null,
  };
}

function numbersPerRow(resolved: readonly ResolvedLayer[], inputs: number): number {
  return resolved.reduce((sum, { outputShape }) => sum + 3 * sizeOf(outputShape), inputs);
}

function countAnswers(network: CompiledNetwork, { x, y, rows }: Probe, outputs: number, classes: number) {
  const yHat = network.predict(x, rows);
  const actual = new Array<number>(classes).fill(0);
  const answered = new Array<number>(classes).fill(0);
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const [truth, answer] = [classOf(y, row, outputs), classOf(yHat, row, outputs)];
    actual[truth]! += 1;
    answered[answer]! += 1;
    if (truth === answer) right++;
  }
  return { actual, answered, right };
}

/** ‖θ − θ₀‖ / ‖θ₀‖ over the weights; biases begin at 0 and would count for everything. */
function distance(now: ReadonlyMap<string, NamedTensor>, initial: ReadonlyMap<string, NamedTensor>): number {
  let moved = 0;
  let size = 0;
  for (const [name, { values }] of initial) {
    if (!name.startsWith('W')) continue;
    const current = now.get(name)?.values;
    values.forEach((value, k) => {
      moved += ((current?.[k] ?? value) - value) ** 2;
      size += value * value;
    });
  }
  return size === 0 ? (moved === 0 ? 0 : 1) : Math.sqrt(moved / size);
}

function byName(tensors: readonly NamedTensor[]): ReadonlyMap<string, NamedTensor> {
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}
