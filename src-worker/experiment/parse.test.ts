import { describe, expect, it } from 'vitest';
import { describeProblem, type Problem } from '../problem';
import { parseExperiment, parseExperimentText } from './parse';
import type { Experiment } from './document';

const minimal = { data: { source: { files: ['iris.csv'] } }, network: { layers: [{ kind: 'dense', units: 3 }] } };

function parsed(value: unknown): Experiment {
  const outcome = parseExperiment(value);
  if (!outcome.ok) throw new Error(outcome.problems.map(describeProblem).join('\n'));
  return outcome.value;
}

function problemsOf(value: unknown): readonly Problem[] {
  const outcome = parseExperiment(value);
  return outcome.ok ? [] : outcome.problems;
}

/** A valid document with one place changed. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const document = structuredClone(parsed(minimal)) as unknown as Record<string | number, unknown>;
  let object = document;
  for (const key of path.slice(0, -1)) object = object[key] as Record<string | number, unknown>;
  object[path.at(-1)!] = value;
  return document;
}

describe('a valid document', () => {
  it('is complete after data and layers: everything else has a default', () => {
    expect(parsed(minimal)).toEqual({
      format: 'layerlab-experiment',
      version: 2,
      name: 'untitled',
      data: {
        source: { files: ['iris.csv'], testFiles: [] },
        columns: {},
        missing: 'mean',
        scaling: 'standard',
        rare: 0,
        split: {
          method: 'shares',
          train: 0.7,
          dev: 0.15,
          test: 0.15,
          stratify: true,
          seed: 1,
          column: null,
          folds: 5,
          fold: 1,
        },
        augmentation: null,
        excluded: [],
        relabelled: {},
      },
      network: {
        layers: [{ kind: 'dense', units: 3, activation: 'tanh', initializer: { kind: 'xavier-normal' } }],
        loss: 'squared',
        seed: 1,
      },
      training: {
        optimizer: { kind: 'momentum', learningRate: 0.1, beta: 0.9 },
        batchSize: 32,
        epochs: 100,
        schedule: { kind: 'constant' },
        l2: 0,
        l1: 0,
        clipNorm: 0,
        earlyStopping: null,
        seed: 1,
        classWeights: 'none',
      },
    });
  });

  it('keeps single examples in rising order, each once', () => {
    const value = parsed({ ...minimal, data: { ...minimal.data, excluded: [9, 2, 9], relabelled: { 8: 'a', 3: 1 } } });
    expect(value.data.excluded).toEqual([2, 9]);
    expect(Object.entries(value.data.relabelled)).toEqual([
      ['3', 1],
      ['8', 'a'],
    ]);
  });

  it.each([
    [{ x: [1], y: [2], target: [] }, 'data.source.points', /1 x, 1 y and 0 targets/],
    [{ x: [1], y: ['2'], target: ['a'] }, 'data.source.points.y', /"2" at place 1/],
    [{ x: [1], y: [1e99], target: ['a'] }, 'data.source.points.y', /1e\+99/],
    [{ x: [1], y: [2], target: [' '] }, 'data.source.points.target', /" " at place 1/],
    [{ task: 'regression', x: [1], y: [2], target: ['a'] }, 'data.source.points.target', /numbers.*"a"/],
    [{ task: 'curve', x: [1], y: [2], target: [3] }, 'data.source.points', /as many x as y|1 x, 1 y and 1 targets/],
    [
      { x: Array(5001).fill(0), y: Array(5001).fill(0), target: Array(5001).fill(0) },
      'data.source.points.x',
      /up to 5,000 numbers/,
    ],
  ])('takes painted points only where they belong together: %j', (points, path, message) => {
    const problem = problemsOf({ ...minimal, data: { source: { points } } })[0];
    expect(problem).toMatchObject({ path });
    expect(problem?.message).toMatch(message);
  });

  it('comes back unchanged when it is parsed again', () => {
    expect(parsed(parsed(minimal))).toEqual(parsed(minimal));
  });

  it.each([
    ['softmax', 'cross-entropy'],
    ['sigmoid', 'logistic'],
    ['identity', 'squared'],
  ])('takes the loss that belongs to %s where none is named', (activation, loss) => {
    const network = { layers: [{ kind: 'dense', units: 3, activation }] };
    expect(parsed({ ...minimal, network }).network.loss).toBe(loss);
  });

  it('takes a bare name for a kind with its defaults', () => {
    const network = { layers: [{ kind: 'dense', initializer: 'normal' }] };
    const experiment = parsed({ ...minimal, network, training: { optimizer: 'sgd' } });
    const initializer = { kind: 'normal', mean: 0, deviation: 0.1 };
    expect(experiment.network.layers[0]).toMatchObject({ initializer });
    expect(experiment.training.optimizer).toEqual({ kind: 'sgd', learningRate: 0.1 });
  });

  it('fills the shares of the split that are left out', () => {
    const split = (given: object): readonly number[] => {
      const { train, dev, test } = parsed({ ...minimal, data: { ...minimal.data, split: given } }).data.split;
      return [train, dev, test];
    };
    expect(split({ train: 0.8 })).toEqual([0.8, 0.1, 0.1]);
    expect(split({ train: 0.8, dev: 0.2 })).toEqual([0.8, 0.2, 0]);
    expect(split({ train: 0.9, test: 0.1 })).toEqual([0.9, 0, 0.1]);
    expect(split({ dev: 0.2 })).toEqual([0.65, 0.2, 0.15]);
    expect(split({ train: 1 })).toEqual([1, 0, 0]);
    expect(problemsOf({ ...minimal, data: { ...minimal.data, split: { train: 0.9, dev: 0.2 } } })).toHaveLength(1);
  });

  it('takes a sample with the defaults of its definition', () => {
    const { source } = parsed({ ...minimal, data: { source: { sample: 'flower', noise: 0.2 } } }).data;
    expect(source).toEqual({ sample: 'flower', examples: 400, noise: 0.2, seed: 1 });
  });
});

describe('a problem names its path, what was found and what to do', () => {
  it.each<[readonly (string | number)[], unknown, string, RegExp, RegExp]>([
    [
      ['network', 'layers', 0, 'kind'],
      'desne',
      'network.layers[0].kind',
      /"desne"/,
      /Did you mean "dense"|Write "dense"/,
    ],
    [
      ['network', 'layers', 0, 'units'],
      2.5,
      'network.layers[0].units',
      /whole number from 1 to .* is 2\.5/,
      /such as 8/,
    ],
    [['network', 'layers', 0, 'units'], 0, 'network.layers[0].units', /is 0/, /such as/],
    [['network', 'layers', 0, 'unit'], 3, 'network.layers[0].unit', /not a setting/, /Did you mean "units"\?/],
    [
      ['network', 'layers', 0, 'activation'],
      'rleu',
      'network.layers[0].activation',
      /"rleu"/,
      /"relu".*Known are.*"softmax"/,
    ],
    [
      ['network', 'layers', 0, 'initializer'],
      { kind: 'xaviernormal' },
      'network.layers[0].initializer.kind',
      /xaviernormal/,
      /"xavier-normal"/,
    ],
    [['network', 'layers', 0, 'initializer'], 7, 'network.layers[0].initializer', /must be an object, but is 7/, /\{/],
    [['network', 'layers'], { 0: 1 }, 'network.layers', /must be a list, but is an object/, /\[/],
    [['network', 'loss'], 'entropy', 'network.loss', /"entropy"/, /"cross-entropy"/],
    [
      ['training', 'optimizer', 'learningRate'],
      -0.1,
      'training.optimizer.learningRate',
      /above 0.* is -0\.1/,
      /such as 0\.1/,
    ],
    [['training', 'optimizer', 'learningRate'], '0.1', 'training.optimizer.learningRate', /is "0\.1"/, /such as 0\.1/],
    [['training', 'optimizer', 'beta'], 1, 'training.optimizer.beta', /below 1, but is 1/, /such as 0\.9/],
    [['training', 'optimizer', 'kind'], 'adma', 'training.optimizer.kind', /"adma"/, /"sgd", .*"momentum"/],
    [['training', 'optimizer'], null, 'training.optimizer', /but is null/, /\{/],
    [['training', 'batchSize'], 0, 'training.batchSize', /is 0/, /such as 32/],
    [['training', 'epochs'], 1e9, 'training.epochs', /1000000000/, /such as/],
    [['training', 'l2'], -1, 'training.l2', /is -1/, /such as 0/],
    [['training', 'l1'], -1, 'training.l1', /is -1/, /such as 0/],
    [['training', 'clipNorm'], 'no', 'training.clipNorm', /is "no"/, /such as 0/],
    [['training', 'schedule'], 'cosin', 'training.schedule', /"cosin"/, /"cosine"/],
    [['training', 'schedule'], { kind: 'step', factor: 0 }, 'training.schedule.factor', /is 0/, /such as 0\.5/],
    [
      ['data', 'augmentation'],
      { shift: 1.5 },
      'data.augmentation.shift',
      /whole number from 0 to 512.*is 1.5/,
      /such as 0/,
    ],
    [['data', 'augmentation'], { flip: 'sideways' }, 'data.augmentation.flip', /"sideways"/, /horizontal/],
    [['data', 'augmentation'], { rotation: 5 }, 'data.augmentation.rotation', /not a setting/, /"rotate"/],
    [['data', 'augmentation'], { noise: -1 }, 'data.augmentation.noise', /from 0 to 1.*is -1/, /such as 0/],
    [['training', 'earlyStopping'], { patience: 0 }, 'training.earlyStopping.patience', /is 0/, /such as 10/],
    [['training', 'earlyStopping'], { patients: 3 }, 'training.earlyStopping.patients', /not a setting/, /"patience"/],
    [['training', 'seed'], 1.5, 'training.seed', /is 1\.5/, /such as 1/],
    [['data', 'source'], {}, 'data.source', /does not say/, /"sample"/],
    [['data', 'source'], { sample: 'flwer' }, 'data.source.sample', /"flwer"/, /"flower"/],
    [['data', 'source', 'files'], ['../iris.csv'], 'data.source.files[0]', /without folders/, /beside the document/],
    [['data', 'source', 'files'], [3], 'data.source.files[0]', /but is 3/, /bare name/],
    [['data', 'columns'], { a: { role: 'traget' } }, 'data.columns.a.role', /"traget"/, /"target"/],
    [['data', 'columns'], { 'bill length': 1 }, 'data.columns["bill length"]', /an object, but is 1/, /\{/],
    [
      ['data', 'columns'],
      { a: { role: 'target' }, b: { role: 'target' } },
      'data.columns',
      /2 targets: "a", "b"/,
      /Keep one/,
    ],
    [['data', 'rare'], -1, 'data.rare', /whole number.* is -1/, /such as 0/],
    [['data', 'excluded'], [0, 1.5], 'data.excluded', /1\.5 at place 2/, /\[0, 17\]/],
    [['data', 'excluded'], 7, 'data.excluded', /must be a list.* is 7/, /places/],
    [['data', 'relabelled'], { x: 'a' }, 'data.relabelled.x', /place of an example/, /"17"/],
    [['data', 'relabelled'], { 1: null }, 'data.relabelled["1"]', /is null/, /"17"/],
    [['data', 'columns'], { a: { dateOrder: 'us' } }, 'data.columns.a.dateOrder', /"us"/, /"month-first"/],
    [['data', 'split'], { method: 'fold' }, 'data.split.method', /"fold"/, /Did you mean "folds"\?/],
    [['data', 'split'], { method: 'column' }, 'data.split.column', /is missing/, /another method/],
    [['data', 'split'], { column: 3 }, 'data.split.column', /is 3/, /header/],
    [['data', 'split'], { folds: 4, fold: 5 }, 'data.split.fold', /is 5.* 4 folds/, /1 to 4/],
    [['training', 'classWeights'], 'balance', 'training.classWeights', /"balance"/, /"balanced"/],
    [['data', 'missing'], 'medium', 'data.missing', /"medium"/, /"median"/],
    [['data', 'scaling'], 'minmax', 'data.scaling', /"minmax"/, /"min-max"/],
    [['data', 'split'], { train: 0.5, dev: 0.2, test: 0.2 }, 'data.split', /make 0\.9, not 1/, /0\.7/],
    [['data', 'split'], { dev: 0.5, test: 0.5 }, 'data.split', /nothing to train on/, /0\.7/],
    [['data', 'split', 'stratify'], 'yes', 'data.split.stratify', /true or false, but is "yes"/, /true/],
    [['name'], 42, 'name', /is 42/, /name/],
    [['name'], 'x'.repeat(300), 'name', /has 300/, /short/],
    [['neural'], {}, 'neural', /not a setting/, /"data", "network", "training"/],
  ])('%j = %j', (path, value, at, message, hint) => {
    const problems = problemsOf(changed(path, value));
    expect(problems.map((problem) => problem.path)).toEqual([at]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.message).toContain(at);
    expect(problems[0]?.hint).toMatch(hint);
  });

  it('and all are found at once, in the order of the document', () => {
    const problems = problemsOf({
      data: { source: { files: ['a.csv'] }, scaling: 'log' },
      network: { layers: [{ kind: 'dense', units: -3 }, { kind: 'conv3d' }, { kind: 'dense', activation: 'step' }] },
      training: { optimizer: { kind: 'sgd', learningRate: 0 }, batchSize: 'all' },
    });
    expect(problems.map((problem) => problem.path)).toEqual([
      'data.scaling',
      'network.layers[0].units',
      'network.layers[1].kind',
      'network.layers[2].activation',
      'training.optimizer.learningRate',
      'training.batchSize',
    ]);
  });

  it('but a list without end is cut and counted', () => {
    const problems = problemsOf({ ...minimal, network: { layers: Array.from({ length: 500 }, () => ({})) } });
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toContain('400 more');
  });
});

describe('a document that is not to be read', () => {
  it.each([
    [null, 'experiment/not-an-object'],
    [[], 'experiment/not-an-object'],
    ['text', 'experiment/not-an-object'],
    [undefined, 'experiment/not-an-object'],
    [{ format: 'onnx' }, 'experiment/format'],
    [{ version: 3, network: 'what version 3 means by it' }, 'experiment/newer-version'],
    [{ version: 'one' }, 'experiment/version'],
    [{ version: 0 }, 'experiment/version'],
  ])('%j is refused with one problem', (value, code) => {
    expect(problemsOf(value).map((problem) => problem.code)).toEqual([code]);
  });
});

describe('keys of the language itself', () => {
  it('__proto__ and constructor may be columns and change nothing else', () => {
    const text = `{"data": {"source": {"files": ["a.csv"]}, "columns": {"__proto__": {"role": "ignore"}, "constructor": {"role": "target"}}},
      "network": {"layers": [{"kind": "dense"}]}}`;
    const outcome = parseExperimentText(text, 'a.json');
    if (!outcome.ok) throw new Error('refused');
    const { columns } = outcome.value.data;
    expect(Object.keys(columns)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(columns)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  it('are unknown everywhere else, and inherited names are no kinds', () => {
    const text = `{"__proto__": {"network": {}}, "data": {"source": {"sample": "toString"}},
      "network": {"layers": [{"kind": "constructor"}]}, "training": {"optimizer": {"kind": "hasOwnProperty"}}}`;
    const outcome = parseExperimentText(text, 'a.json');
    expect(outcome.ok ? [] : outcome.problems.map((problem) => problem.path)).toEqual([
      '__proto__',
      'data.source.sample',
      'network.layers[0].kind',
      'training.optimizer.kind',
    ]);
  });
});

describe('parseExperimentText', () => {
  it('tells line and column of a syntax error', () => {
    const outcome = parseExperimentText('{\n  "data": {},\n  "network" {}\n}', 'a.json');
    expect(outcome).toEqual({
      ok: false,
      problems: [
        {
          code: 'experiment/syntax',
          message: 'a.json is not valid JSON: at line 3, column 13, ":" was expected, but found "{".',
          hint: expect.stringContaining('just before it') as string,
          file: 'a.json',
          line: 3,
          column: 13,
        },
      ],
    });
  });

  it.each(['', ' \n', '\uFEFF'])('calls an empty file empty: %j', (text) => {
    const outcome = parseExperimentText(text, 'a.json');
    expect(outcome.ok ? null : outcome.problems[0]?.code).toBe('experiment/empty');
  });

  it('reads past a byte order mark and names the file in every problem', () => {
    expect(parseExperimentText(`\uFEFF${JSON.stringify(minimal)}`, 'a.json').ok).toBe(true);
    const outcome = parseExperimentText('{"nework": 1}', 'a.json');
    expect(outcome.ok ? [] : outcome.problems.map((problem) => problem.file)).toEqual(['a.json', 'a.json', 'a.json']);
  });

  it('survives nesting that would overflow a stack', () => {
    const deep = `{"data": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const outcome = parseExperimentText(deep, 'a.json');
    expect(outcome.ok ? null : outcome.problems[0]?.message).toBe('data must be an object, but is a list of 1.');
  });
});
