import { extname } from 'node:path';
import type { NamedTensor } from '../../src-worker/tensor';
import { readArguments, readCount, readOneOf, refuse } from './arguments';
import type { Command } from './command';
import { BACKENDS, createEngine } from './engines';
import { checkOutputs, writeOutput } from './files';
import { openExperiment } from './open-experiment';
import { traceFormats } from './trace-formats';
import { makeReady, nextTrainingBatch } from './training-batch';

const extensions = traceFormats.map(({ extension }) => extension);

export const trace: Command = {
  name: 'trace',
  summary: 'Write one training step in full: every z, a, delta, dW and db.',
  usage: `Usage: layerlab trace EXPERIMENT [--data F…] [--sheet NAME] [--batch N] [--backend B] --out F

Writes one training step, before its update, to F${extensions.join(', F')}: x, y, yHat, loss and, for layer l
from 1, W{l} b{l} z{l} a{l} delta{l} dW{l} db{l}, as far as its kind has them: a batch-norm has gamma{l} and beta{l}, a pool a{l}
alone. delta is ∂L/∂z of each example, without the 1/m; dW and db are gradients of the cost, with its 1/m, its L2 and its L1
term; loss is the cost without these terms. Where the document weighs its classes, loss and delta have the examples' weights.

  --data F…     data files; without it, those that the document names, beside the document
  --test-data F… separate test files, whose share of the data goes to the training part
  --sheet NAME  the sheet of a workbook; without it, the document's, or the first with a table
  --batch N     the first N training examples in the order of epoch 1 (default: the batch size), so the default is the
                very first step of a run; of a saved project, those that come next
  --seed N      seed of the first weights and of the order
  --backend B   reference (float64; default) or wasm (float32)
`,

  async run(args, io) {
    const { positionals, value, list } = readArguments('trace', args, ['EXPERIMENT'], {
      data: { type: 'list' },
      'test-data': { type: 'list' },
      sheet: { type: 'string' },
      batch: { type: 'string' },
      seed: { type: 'string' },
      backend: { type: 'string' },
      out: { type: 'string' },
    });
    const count = readCount('trace', 'batch', value('batch'), 1);
    const seed = readCount('trace', 'seed', value('seed'), 0);
    const backend = readOneOf('trace', 'backend', value('backend'), BACKENDS) ?? 'reference';
    const out = value('out');
    if (out === undefined)
      throw refuse('trace', `--out is missing: name a file that ends in ${extensions.join(', ')}.`);
    const format = traceFormats.find(({ extension }) => extension === extname(out).toLowerCase());
    if (format === undefined) throw refuse('trace', `--out must end in ${extensions.join(', ')}, but is "${out}".`);
    await checkOutputs([out], io);

    const overrides = { data: list('data'), testData: list('test-data'), sheet: value('sheet'), seed };
    const opened = await openExperiment(positionals[0]!, overrides, io);
    const engine = createEngine(backend);
    const ready = await makeReady(opened, engine);
    const { network: spec, training } = opened.experiment;
    const { inputShape } = ready.inspection;
    const network = await engine.compile({ network: spec, training, inputShape });
    try {
      const state = seed === undefined ? (opened.model?.state ?? null) : null;
      if (state !== null) {
        network.setParameters(state.parameters);
        // What a dropout draws is a function of the step.
        network.setStep(state.step);
      }
      const { x, y, rows, weights } = nextTrainingBatch('trace', ready, state, network.precision, count);
      const { loss, tensors } = network.trace(x, y, rows, weights);
      const scalar = network.precision === 'float64' ? Float64Array.of(loss) : Float32Array.of(loss);
      const bytes = await format.encode(insertLoss(tensors, { name: 'loss', shape: [], values: scalar }));
      await writeOutput(out, bytes, io);
      io.stdout.write(
        `${out}: ${tensors.length + 1} arrays of ${rows} examples in ${network.precision}, loss ${loss}\n`,
      );
      return 0;
    } finally {
      network.dispose();
    }
  },
};

/** x, y, yHat, loss, then the layers. */
function insertLoss(tensors: readonly NamedTensor[], loss: NamedTensor): readonly NamedTensor[] {
  return [...tensors.slice(0, 3), loss, ...tensors.slice(3)];
}
