import fc from 'fast-check';
import katex from 'katex';
import { expect, test } from 'vitest';
import { entryLatex, latexOf, stepsOf, type Line } from '../../../src-worker/insight/steps';
import { stepTrace } from '../../../src-worker/insight/testing/step-scene';
import { networkCases } from '../../../src-worker/testing/arbitrary';
import { gridOf } from './grid';
import { equationOf, lineToCsv, markBetween } from './writing';

/** What KaTeX cannot read it would write in red. */
function check(source: string): void {
  expect(() => katex.renderToString(source, { throwOnError: true }), source).not.toThrow();
}

function checkLine(line: Line): void {
  check(equationOf(line, true));
  check(equationOf(line, false));
  check(line.formula ?? '');
  for (const piece of line.right) check(typeof piece === 'string' ? markBetween(piece) : latexOf(piece));
  check(entryLatex(line.result, 0));
  for (const { factors } of line.explain(0)) check(factors.map(({ label }) => label).join('\\,'));
}

test('KaTeX reads every equation, every mark between tables and every term, of random networks', () => {
  fc.assert(
    fc.property(networkCases, fc.constantFrom(0, 1e-6), (example, clipNorm) => {
      for (const { chip, lines, thetaLines } of stepsOf(stepTrace(example, { l1: 0.1, clipNorm, weighted: true }))) {
        check(chip);
        [...lines(), ...(thetaLines?.() ?? [])].forEach(checkLine);
      }
    }),
    { numRuns: 40, seed: 20240704 },
  );
});

test('a table shows every number of its array once, wherever it stands', () => {
  fc.assert(
    fc.property(networkCases, (example) => {
      for (const { lines } of stepsOf(stepTrace(example))) {
        for (const operand of lines().flatMap(({ result, right }) => [result, ...right])) {
          if (typeof operand === 'string') continue;
          const { rows, columns, planes, index, cell } = gridOf(operand);
          expect(rows * columns * planes).toBe(operand.values.length);
          for (let at = 0; at < operand.values.length; at++) {
            const { plane, row, column } = cell(at);
            expect(index(plane, row, column)).toBe(at);
          }
        }
        for (const line of lines())
          expect(
            lineToCsv(line)
              .trim()
              .split(/[\n,]/)
              .filter((text) => !text.startsWith('"') && !/^ channel/.test(text)),
          ).toHaveLength(line.result.values.length);
      }
    }),
    { numRuns: 20, seed: 20240705 },
  );
});
