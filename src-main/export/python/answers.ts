import type { Preprocessing } from '../../../src-worker/api';
import type { Shape } from '../../../src-worker/tensor';
import type { Program } from '../program';
import { pythonNumber } from './literals';

/** From outputs to answers, the same in every Python file: `predict` over the file's own `encode` and `forward`. */
export function answerCode({ preprocessing, outputs }: Program): string {
  const { task, target, pixels } = preprocessing;
  const rows = pixels === null ? 'rows' : 'images';
  const words = {
    regression: `    return float(y_hat[0]) * ${pythonNumber(target.deviation)} + ${pythonNumber(target.mean)}  # in TARGET's own units`,
    one: '    return CLASSES[1] if y_hat[0] >= 0.5 else CLASSES[0]',
    several: '    return CLASSES[max(range(len(y_hat)), key=lambda k: y_hat[k])]',
  }[task === 'regression' ? 'regression' : outputs === 1 ? 'one' : 'several'];
  return `def answer(y_hat):
    """What the outputs [${outputs}] of one example mean."""
${words}


def predict(${rows}):
    """The answers to raw ${rows}, ${pixels === null ? 'which are dicts of cells by column' : 'an array of them'}."""
    return [answer(y_hat) for y_hat in forward(encode(${rows})).tolist()]
`;
}

/** The file checks itself when it is run. */
export function checkCode(): string {
  return `
def check():
    """The largest difference from the outputs that the app gave for CHECK_ROWS."""
    found = forward(encode(CHECK_ROWS)).tolist()
    return max(abs(a - b) for ours, theirs in zip(found, CHECK_OUTPUTS) for a, b in zip(ours, theirs))


def main():
    difference = check()
    for row_answer, theirs in zip(predict(CHECK_ROWS), CHECK_OUTPUTS):
        print(row_answer)
        assert row_answer == answer(theirs) or isinstance(row_answer, float), "an answer differs from the app's"
    print(f"{len(CHECK_OUTPUTS)} rows, largest difference from the app's outputs {difference:.1e}")
    assert difference <= 1e-5 * max(1, *(abs(y) for outputs in CHECK_OUTPUTS for y in outputs)), "outputs differ"

`;
}

/** How an image lies in memory, for a docstring. */
export function imageDocs(inputShape: Shape): string {
  return `Images are [n, ${inputShape.join(', ')}], values as in the file, 0 to 255 where it holds bytes.`;
}

/** The modules of the standard library that the cells need, and those named. */
export function importsOf({ features }: Preprocessing, others: readonly string[]): string {
  const cells = features.length > 0 ? ['numbers', 're'] : [];
  const dates = features.some(({ type }) => type === 'date') ? ['datetime'] : [];
  return [...others, ...cells, ...dates]
    .sort()
    .map((module) => `import ${module}`)
    .join('\n');
}

/** Two empty lines between definitions, where parts that may be empty left more. No literal of ours holds an empty line. */
export function tidy(code: string): string {
  return code.replace(/\n{4,}/g, '\n\n\n');
}
