import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileReference } from '../../../src-worker/network';
import { describeProblem } from '../../../src-worker/problem';
import { sizeOf } from '../../../src-worker/tensor';
import { makeModel } from '../../testing/models';
import { largest, valueOf } from '../../testing/round-trip';
import { readModel } from '..';
import { Reader } from './model';
import { decodeTensor } from './tensors';

/** A folder of cases as the ONNX project keeps them (onnx/backend/test/data/simple and the like), each with model, inputs and outputs. */
const folder = process.env['LAYERLAB_ONNX_CASES'];
const cases =
  folder === undefined ? [] : readdirSync(folder).filter((name) => existsSync(join(folder, name, 'model.onnx')));
if (folder === undefined) process.stderr.write('Skipped: LAYERLAB_ONNX_CASES names no folder of ONNX cases.\n');

const numbersOf = (path: string) => decodeTensor(new Reader(path).tensor(readFileSync(path)), path).values!;

test.skipIf(cases.length === 0)('every case answers as it should, or is refused by operator', async () => {
  let answered = 0;
  for (const name of cases) {
    const at = join(folder!, name);
    const bytes = readFileSync(join(at, 'model.onnx'));
    const { network, problems, layers } = valueOf(await readModel([{ name: `${name}.onnx`, bytes }]));
    if (network === null) {
      const text = problems.map(describeProblem).join(' ');
      expect(
        layers.some(({ operator }) => text.startsWith(operator)),
        `${name}: ${text}`,
      ).toBe(true);
      continue;
    }
    const { spec, inputShape, parameters } = network;
    const x = numbersOf(join(at, 'test_data_set_0', 'input_0.pb'));
    const reference = compileReference(
      { network: spec, training: makeModel().experiment.training, inputShape },
      'float64',
    );
    reference.setParameters(parameters);
    const found = reference.predict(Float64Array.from(x), x.length / sizeOf(inputShape));
    expect(largest(found, numbersOf(join(at, 'test_data_set_0', 'output_0.pb'))), name).toBeLessThan(1e-4);
    answered += 1;
  }
  process.stderr.write(`${answered} of ${cases.length} cases answered, the others refused by operator.\n`);
});
