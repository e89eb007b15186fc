import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { everyKind, randomModels, tidyProofOf } from '../../testing/export-models';
import { exportOf } from '../../testing/exports';
import { findPython } from '../../testing/find-python';
import { onnxAnswers } from '../../testing/onnx-answers';
import { answersOf, differenceOf, type Case } from '../../testing/run-exports';

/** Every kind and 50 random networks on 100 raw rows each, with every type of weights and both opsets. */
const models = [...everyKind(), ...randomModels(50, 11)];
const cases: readonly Case[] = await Promise.all(
  models.map(async (model) => ({ model, proof: await tidyProofOf(model, 100) })),
);

const python = findPython('onnx');

/** An older checker knows no newer files, and says so by their version alone. */
const CHECKER = `
import onnx, sys
models = [onnx.load(path) for path in sys.argv[1:]]
known = [model for model in models if model.ir_version <= onnx.IR_VERSION]
for model in known:
    onnx.checker.check_model(model, full_check=True)
print(f"onnx {onnx.__version__} accepts {len(known)}, is too old for {len(models) - len(known)}")
`;

/** How far answers may be off, relative to outputs above 1, and the share of classes that stay. */
const BOUNDS = {
  float32: { difference: 1e-5, classes: 1 },
  float16: { difference: 5e-3, classes: 0.995 },
  int8: { difference: 0.15, classes: 0.995 },
  'int8-dynamic': { difference: 0.2, classes: 0.995 },
} as const;

describe('onnxruntime answers raw rows as the app does', () => {
  test.each(
    (['17', '23'] as const).flatMap((opset) =>
      (['float32', 'float16', 'int8', 'int8-dynamic'] as const).map((weights) => [weights, opset] as const),
    ),
  )('%s weights, opset %s', { timeout: 600_000 }, async (weights, opset) => {
    const folder = mkdtempSync(join(tmpdir(), 'layerlab-onnx-'));
    const paths: string[] = [];
    let [largest, reread, rows, same] = [0, 0, 0, 0];
    for (const [n, each] of cases.entries()) {
      const exported = await exportOf('onnx', each.model, each.proof, { weights, opset });
      const run = await onnxAnswers(exported.content, each);
      const { difference } = BOUNDS[weights];
      const found = differenceOf(each, run);
      expect(found, `case ${n}`).toBeLessThanOrEqual(difference);
      largest = Math.max(largest, found);
      if (exported.proof.kind === 'reread') reread = Math.max(reread, exported.proof.largestDifference);
      if (each.model.preprocessing.task !== 'regression') {
        const own = answersOf(each);
        rows += own.length;
        same += own.filter((answer, i) => answer === run.answers[i]).length;
      }
      paths.push(join(folder, `${n}.onnx`));
      writeFileSync(paths.at(-1)!, exported.content);
    }
    expect(same / rows).toBeGreaterThanOrEqual(BOUNDS[weights].classes);
    const checked =
      python === null ? 'not checked' : execFileSync(python, ['-c', CHECKER, ...paths], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    process.stderr.write(
      `ONNX ${weights} opset ${opset}: ${cases.length} networks, largest difference ${largest.toExponential(1)}, ` +
        `read back ${reread.toExponential(1)}, ${same} of ${rows} classes equal; ${checked.trim()}\n`,
    );
  });
});
