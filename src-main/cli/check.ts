import { checkGradients, LIMIT, type GradientVerdict } from '../../src-worker/insight/gradient-check';
import { readArguments, readCount } from './arguments';
import type { Command } from './command';
import { createEngine } from './engines';
import { openExperiment } from './open-experiment';
import { makeReady, nextTrainingBatch } from './training-batch';

/** Entries of one array whose gradient is checked: every one of a small network, a sample of a large one. */
const MOST_ENTRIES = 200;

export const check: Command = {
  name: 'check',
  summary: 'Compare every gradient with central differences, in float64.',
  usage: `Usage: layerlab check EXPERIMENT [--data F…] [--sheet NAME] [--batch N]

Compares the gradients of backpropagation with central differences of the cost on the first N training examples (default:
the batch size), in float64, at the initial weights or those of a saved project. Of arrays with more than ${MOST_ENTRIES} entries a sample
is drawn. Entries at a kink of ReLU have no derivative and are counted apart. --sheet names the sheet of a workbook.

Exit status: 0 when every array passes, 1 when one fails, 2 for bad arguments or input.
`,

  async run(args, io) {
    const { positionals, value, list } = readArguments('check', args, ['EXPERIMENT'], {
      data: { type: 'list' },
      batch: { type: 'string' },
      sheet: { type: 'string' },
    });
    const count = readCount('check', 'batch', value('batch'), 1);
    const opened = await openExperiment(
      positionals[0]!,
      { data: list('data'), testData: [], sheet: value('sheet') },
      io,
    );
    const ready = await makeReady(opened, createEngine('reference'));
    const state = opened.model?.state ?? null;
    const { network, training } = opened.experiment;
    const verdicts = checkGradients({
      network,
      inputShape: ready.inspection.inputShape,
      l2: training.l2,
      l1: training.l1,
      ...nextTrainingBatch('check', ready, state, 'float64', count),
      ...(state === null ? {} : { parameters: state.parameters }),
      entries: MOST_ENTRIES,
    });
    const passed = verdicts.every((verdict) => verdict.passed);
    io.stdout.write(
      `${tabulate(verdicts)}\n${passed ? 'Every gradient is right' : 'A gradient is wrong'} (limit ${LIMIT}).\n`,
    );
    return passed ? 0 : 1;
  },
};

function tabulate(verdicts: readonly GradientVerdict[]): string {
  const rows = [
    ['array', 'entries', 'checked', 'at kink', 'worst error', 'numeric', 'analytic', ''],
    ...verdicts.map(({ name, size, checked, atKink, error, numeric, analytic, passed }) => [
      name,
      String(size),
      String(checked),
      String(atKink),
      checked === 0 ? '–' : error.toExponential(1),
      checked === 0 ? '–' : numeric.toExponential(6),
      checked === 0 ? '–' : analytic.toExponential(6),
      passed ? 'right' : checked === 0 ? 'not checked' : 'wrong',
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === row.length - 1 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
