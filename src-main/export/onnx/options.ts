import type { ChoiceField } from '../../../src-worker/experiment/field';
import type { ExportOptions } from '../../bridge';
import { optimizerOption } from '../optimizer-option';
import type { WeightType } from './weights';

/** What a person may choose about the file. */
export interface Choices {
  readonly weights: WeightType;
  readonly opset: string;
  readonly optimizer: boolean;
}

const weights: ChoiceField = {
  name: 'weights',
  label: 'Weights',
  help: 'float16 halves the file and int8 quarters it; biases stay exact, and the proof says how far answers then differ. Dynamic int8 computes in bytes too, with the scale of each batch.',
  type: 'choice',
  options: [
    { value: 'float32', label: 'float32: exact' },
    { value: 'float16', label: 'float16: half the size' },
    { value: 'int8', label: 'int8: a quarter of the size' },
    { value: 'int8-dynamic', label: 'int8, computed in bytes' },
  ] satisfies { value: WeightType; label: string }[],
  default: 'float32',
};

const opset: ChoiceField = {
  name: 'opset',
  label: 'Opset',
  help: 'The version of the operators: 17 is read by every program of the last years, 23 by current ones.',
  type: 'choice',
  options: [
    { value: '17', label: '17: read everywhere' },
    { value: '23', label: '23: current' },
  ],
  default: '17',
};

export const options = [weights, opset, optimizerOption];

/** @param chosen complete and valid by {@link options} */
export function readChoices(chosen: ExportOptions): Choices {
  const { weights: type, opset: version, optimizer } = chosen as Readonly<Record<string, string>>;
  return { weights: type as WeightType, opset: version!, optimizer: optimizer === 'yes' };
}
