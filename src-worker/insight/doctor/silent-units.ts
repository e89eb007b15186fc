import { changeLayers, changeRate, hasUnits, initialiseWell } from './changes';
import { courseOf, lags } from './course';
import type { Ailment, DoctorChange, Evidence, LayerEvidence } from './doctor-types';
import { count, percent } from './words';

/** From this share of a layer on. */
const SILENT = 0.5;
/** Where the network answers well all the same, fewer dead units are no more than room to spare. */
const MOSTLY_SILENT = 0.75;
const SATURATED = 0.6;
/** Initial weights beyond this drive sums to where an activation is flat: Xavier has 1. */
const LARGE_GAIN = 3;
/** Inputs beyond this, when scaling would leave few beyond 4. */
const LARGE_INPUT = 10;

/** Units on the flat part of their activation: g′(z) ≈ 0, so no gradient passes them. CS229 notes, section 3.2, on δ. */
export const silentUnits: Ailment = (evidence) => {
  const { records, problem } = evidence;
  if (problem !== null || (records.at(-1)?.epoch ?? 0) < 1) return null;
  return dead(evidence) ?? saturated(evidence);
};

function dead(evidence: Evidence) {
  const course = courseOf(evidence);
  const from = course !== null && lags(evidence, course) ? SILENT : MOSTLY_SILENT;
  const layer = evidence.layers.find(({ hidden, silent, units }) => hidden && silent / units >= from);
  if (layer === undefined) return null;
  return {
    ailment: 'silent-units' as const,
    sentence: `${layer.silent === layer.units ? 'All' : 'Most'} units of layer ${layer.number} are dead: they answer 0 to every example.`,
    grounds: `${count(layer.silent)} of ${count(layer.units)} relu units have z ≤ 0 for all of ${count(evidence.traced)} examples, so no gradient reaches their weights.`,
    change: fromInputs(evidence) ?? fromGain(evidence, layer) ?? fromRate(evidence, layer) ?? leaky(evidence),
  };
}

function saturated(evidence: Evidence) {
  const layer = evidence.layers.find((each) => each.hidden && each.saturated >= SATURATED);
  if (layer === undefined) return null;
  const cause = fromInputs(evidence) ?? fromGain(evidence, layer);
  const course = courseOf(evidence);
  // Units of a network that has learned may well be at their ends: there they say yes or no.
  if (cause === null && (course === null || !lags(evidence, course))) return null;
  const kind = hasUnits(layer.spec) ? layer.spec.activation : 'unit';
  return {
    ailment: 'silent-units' as const,
    sentence: `The units of layer ${layer.number} are saturated: almost no gradient passes them.`,
    grounds: `${percent(layer.saturated)} of its ${kind} outputs lie within a hundredth of an end of their range, over ${count(evidence.traced)} examples.`,
    change: cause ?? changeRate(evidence.experiment, 'Lower', 'initial'),
  };
}

function fromInputs({ experiment, largestInput }: Evidence): DoctorChange | null {
  const { data } = experiment;
  if (data.scaling !== 'none' || largestInput < LARGE_INPUT) return null;
  return { label: 'Scale the data', parts: { data: { ...data, scaling: 'standard' } }, start: 'initial' };
}

function fromGain({ experiment, layers }: Evidence, layer: LayerEvidence): DoctorChange | null {
  const drawn = hasUnits(layer.spec) && /^(he|xavier)/.test(layer.spec.initializer.kind);
  if (drawn || (layer.initialGain < LARGE_GAIN && layer.silent === 0)) return null;
  const hidden = layers.filter((each) => each.hidden).map((each) => each.number);
  return initialiseWell(experiment, hidden);
}

/** Where the weights began well and the inputs are small, only an update that was too long can have put out every unit. */
function fromRate({ experiment }: Evidence, { silent, units }: LayerEvidence): DoctorChange | null {
  return silent === units ? changeRate(experiment, 'Lower', 'initial') : null;
}

function leaky({ experiment }: Evidence): DoctorChange {
  return changeLayers(
    experiment,
    (each) => (hasUnits(each) && each.activation === 'relu' ? { ...each, activation: 'leaky-relu' } : each),
    'Use leaky ReLU',
  );
}
