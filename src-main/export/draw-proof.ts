import type { ModelSnapshot, Proof } from '../../src-worker/api';
import { compileReference } from '../../src-worker/network';
import { drawInputs, encodeRaw } from '../../src-worker/proof';

/** Rows that a proof holds: enough to show every kind of answer of a small problem, few enough to read. */
export const PROOF_ROWS = 8;

/** A proof where no data are at hand: rows that fit the preprocessing, answered by the app's float64 backend. */
export function drawProof(model: ModelSnapshot, most = PROOF_ROWS): Proof {
  const { experiment, preprocessing, state } = model;
  const { network, training } = experiment;
  const reference = compileReference({ network, training, inputShape: preprocessing.inputShape }, 'float64');
  reference.setParameters(state.parameters);
  const inputs = drawInputs(model, most);
  return { ...inputs, part: 'drawn', outputs: reference.predict(encodeRaw(preprocessing, inputs), inputs.count) };
}
