import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseScript, type Node } from 'acorn';
import Papa from 'papaparse';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import type { FeatureTransform, ModelSnapshot } from '../../src-worker/api';
import { compileReference } from '../../src-worker/network';
import { encodeRaw } from '../../src-worker/proof';
import { encodeModel } from '.';
import { drawProof } from './draw-proof';
import { preprocessModule } from './keras/preprocess';
import { exportedFiles, exportOf, requestOf } from '../testing/exports';
import { findPython } from '../testing/find-python';
import { makeModel, numberFeature } from '../testing/models';
import { differenceOf, hasCompiler, runC, runModule, runPython, withFiles, type Case } from '../testing/run-exports';
import { readZip } from '../zip';

const HOSTILE = [
  '"',
  "'",
  '"""',
  "'''",
  'a\nb\r\nc',
  '\\',
  '\\"',
  '*/ int x; /*',
  '</script><script>alert(1)</script>',
  '<!--',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '😀 é 漢字',
  '\u202etxt.exe\u2066',
  '\u2028\u2029\u0000\u0085',
  '\ud800',
  '${process.exit(1)}`',
  '"); import os; os.system("true"); ("',
  "=cmd|' /C calc'!A0",
  '@SUM(1)',
  '-1+2',
  '??/',
  '%s%n%d',
  '\\end{document}\\input{/etc/passwd}',
  'x'.repeat(10_000),
  '',
];

/** A model with this text in every place where a person's text can be. */
function modelWith(texts: readonly string[]): ModelSnapshot {
  const features: FeatureTransform[] = texts.flatMap((text, n): FeatureTransform[] => [
    { ...numberFeature(text, n, 0.5, 1) },
    {
      column: `${text} b`,
      type: 'boolean',
      no: `no ${text}`.trim().toLowerCase(),
      yes: `yes ${text}`.trim().toLowerCase(),
      fill: 0.5,
    },
    {
      column: `${text} c`,
      type: 'category',
      categories: ['a', `k${text}`.trim()],
      other: true,
      fill: `k${text}`.trim(),
    },
  ]);
  const classes = texts.map((text, n) => `${text}${n}`);
  const model = makeModel({ features, classes, outputs: texts.length, hidden: 3 });
  return {
    ...model,
    experiment: { ...model.experiment, name: texts.join(' ') },
    preprocessing: { ...model.preprocessing, target: { ...model.preprocessing.target, name: texts.join('\n') } },
  };
}

const tame = modelWith(HOSTILE.map((_, n) => `t${n}`));
const hostile = modelWith(HOSTILE);
/** A text of C ends at its first NUL. */
const withoutNul = HOSTILE.map((text) => text.replaceAll('\0', ''));
const tameForC = modelWith(withoutNul.map((_, n) => `t${n}`));
const hostileForC = modelWith(withoutNul);

/** The same cells in both, so that only the names differ. */
function caseOf(model: ModelSnapshot): Case {
  const { preprocessing, experiment, state } = model;
  const rows = [0, 1, 2].map((n) =>
    Object.fromEntries(preprocessing.features.map((feature) => [feature.column, cellOf(feature, n)])),
  );
  const { network, training } = experiment;
  const reference = compileReference({ network, training, inputShape: preprocessing.inputShape }, 'float64');
  reference.setParameters(state.parameters);
  const inputs = { count: 3, rows, pixels: null };
  return { model, proof: { ...inputs, part: 'test', outputs: reference.predict(encodeRaw(preprocessing, inputs), 3) } };
}

function cellOf(feature: FeatureTransform, n: number): string | number | null {
  if (feature.type === 'boolean') return n === 0 ? feature.yes : feature.no;
  if (feature.type === 'category') return n === 0 ? feature.categories[1]! : 'a';
  return n + 0.5;
}

/** The first file of the export, or the one of that name. */
async function textOf(
  format: Parameters<typeof exportedFiles>[0],
  { model, proof }: Case,
  wanted?: string,
): Promise<string> {
  const files = await exportedFiles(format, model, proof);
  return new TextDecoder().decode((files.find(({ name }) => name === wanted) ?? files[0]!).bytes);
}

const both = async (format: Parameters<typeof exportedFiles>[0], file?: string): Promise<readonly [string, string]> => [
  await textOf(format, caseOf(tame), file),
  await textOf(format, caseOf(hostile), file),
];

/** The tree of a script without the values of its literals: what it does, whatever the names are. */
function shapeOfScript(code: string): string {
  const tree = parseScript(code, { ecmaVersion: 2023, sourceType: 'module' });
  const kept = (key: string, value: unknown): unknown =>
    ['start', 'end', 'value', 'raw'].includes(key) && typeof value !== 'object' ? undefined : value;
  return JSON.stringify(tree satisfies Node, kept);
}

describe('texts of the model stay texts', () => {
  test.each(['numpy', 'pytorch'] as const)('%s: the tree is that of a model with tame names', async (format) => {
    const python = findPython('ast');
    if (python === null) return;
    const script = `
import ast, sys
def shape(path):
    tree = ast.parse(open(path, encoding="utf-8").read())
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, float, int)):
            node.value = type(node.value).__name__
    return ast.dump(tree)
assert shape(sys.argv[1] + "/model.py") == shape(sys.argv[2] + "/model.py")
print("same")
`;
    const cases = [caseOf(tame), caseOf(hostile)];
    const said = await withFiles(format, cases, (folders) =>
      execFileSync(python, ['-c', script, ...folders], { encoding: 'utf8' }),
    );
    expect(said).toBe('same\n');
  });

  test('the module inside a Keras file: the tree is that of a model with tame names', () => {
    const python = findPython('ast');
    if (python === null) return;
    const script = `
import ast, json, sys
def shape(text):
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, float, int)):
            node.value = type(node.value).__name__
    return ast.dump(tree)
print(len({shape(text) for text in json.load(sys.stdin)}))
`;
    const texts = [tame, hostile].map((model) => preprocessModule(model, caseOf(model).proof));
    expect(execFileSync(python, ['-c', script], { input: JSON.stringify(texts), encoding: 'utf8' })).toBe('1\n');
  });

  test('JavaScript and the web page: the trees are those of a model with tame names', async () => {
    const [tameModule, hostileModule] = await both('javascript');
    expect(shapeOfScript(hostileModule)).toBe(shapeOfScript(tameModule));
    const [tamePage, hostilePage] = await both('html');
    const scripts = (page: string): string[] =>
      [...page.matchAll(/<script id="\w+">([^]*?)<\/script>/g)].map(([, code = '']) => code);
    expect(scripts(hostilePage)).toHaveLength(2);
    expect(scripts(hostilePage).map(shapeOfScript)).toEqual(scripts(tamePage).map(shapeOfScript));
    const [tameTfjs, hostileTfjs] = await both('tfjs', 'preprocess.mjs');
    expect(shapeOfScript(hostileTfjs)).toBe(shapeOfScript(tameTfjs));
    const markup = (page: string): string => page.replace(/(<script id="\w+">)[^]*?(<\/script>)/g, '$1$2');
    expect(markup(hostilePage)).toBe(markup(tamePage));
  });

  test('C: but for literals and the names of members the code is the same', async () => {
    const [plain, risky] = [await textOf('c', caseOf(tameForC)), await textOf('c', caseOf(hostileForC))];
    const bare = (code: string): string =>
      code
        .replace(/"(?:\\.|[^"\\\n])*"/g, 'S')
        .replace(/\bx\d+(?:_\w+)?\b/g, 'member')
        .replace(/S(?:\s*S)*/g, 'S')
        .replace(/\s+/g, ' ');
    expect(bare(risky)).toBe(bare(plain));
  });

  test('the figure: the elements are the same', async () => {
    const elements = (text: string): string[] => {
      const names: string[] = [];
      const parser = new SaxesParser();
      parser.on('opentag', ({ name, attributes }) => names.push(`${name} ${Object.keys(attributes).join(' ')}`));
      parser.on('error', (error) => {
        throw error;
      });
      parser.write(text).close();
      return names;
    };
    const [plain, risky] = await both('svg');
    expect(elements(risky)).toEqual(elements(plain));
  });

  test('LaTeX: no command but our own', async () => {
    const commands = (text: string): ReadonlySet<string> => new Set(text.match(/\\(?:[A-Za-z]+|.)/g));
    const [plain, risky] = await both('latex');
    const named = new Set([...commands(plain), ...Array.from('{}$&#%_', (sign) => `\\${sign}`), '\\ldots']);
    const signs = /^\\text(?:backslash|asciicircum|asciitilde|less|greater|quotedbl|bar)$/;
    expect([...commands(risky)].filter((command) => !named.has(command) && !signs.test(command))).toEqual([]);
    expect(risky).not.toMatch(/[^\x20-\x7e\n\u00a1-\u017f]/);
  });

  test('CSV: no cell that a spreadsheet would run', async () => {
    const [, text] = await both('csv');
    const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
    expect(data.flat().some((cell) => cell.includes('cmd'))).toBe(true);
    for (const cell of data.flat()) if (/^[=+\-@\t\r]/.test(cell)) expect(Number(cell)).not.toBeNaN();
  });

  test('archives: the paths are ours', async () => {
    const paths = async (format: 'pytorch' | 'npz'): Promise<string[]> => [
      ...(await readZip((await exportOf(format, hostile)).content, format)).keys(),
    ];
    expect(await paths('pytorch')).toEqual(['model.py', 'weights.safetensors']);
    expect(await paths('npz')).toEqual(['W1.npy', 'b1.npy', 'W2.npy', 'b2.npy', 'layerlab.json']);
  });
});

describe('code with such names answers as the app does', () => {
  const cases = [caseOf(hostile)];

  test.each(['javascript', 'html'] as const)('%s', async (format) => {
    const { proof } = await exportOf(format, hostile, cases[0]!.proof);
    expect(proof).toMatchObject({ kind: 'reread', sameAnswers: true });
    expect(proof.kind === 'reread' && proof.largestDifference).toBeLessThan(1e-5);
  });

  test('the module in Node', async () => {
    const [run] = await withFiles('javascript', cases, async ([folder]) => [await runModule(folder!, cases[0]!)]);
    expect(differenceOf(cases[0]!, run!)).toBeLessThan(1e-5);
  });

  const numpy = findPython('numpy');
  test.skipIf(numpy === null)('NumPy', async () => {
    const [run] = await withFiles('numpy', cases, (folders) => runPython(numpy!, folders));
    expect(differenceOf(cases[0]!, run!)).toBeLessThan(1e-5);
  });

  test.skipIf(!hasCompiler())('C', async () => {
    const each = caseOf(hostileForC);
    const run = await withFiles('c', [each], ([folder]) => runC(folder!));
    expect(differenceOf(each, run)).toBeLessThan(1e-5);
  });
});

test('C says before that it cannot hold a text with a NUL, and of which column', async () => {
  const outcome = await encodeModel(requestOf('c'), hostile, null, null);
  expect(outcome.ok ? [] : outcome.problems.map(({ code, message }) => `${code} ${message}`)).toContainEqual(
    expect.stringMatching(/^export\/nul Column \d+ or one of its values/),
  );
});

describe('a check fails where the outputs are others', () => {
  const { model, proof } = { model: makeModel(), proof: drawProof(makeModel()) };
  const wrong: Case = { model, proof: { ...proof, outputs: Float64Array.from(proof.outputs, (y) => y + 0.01) } };

  test('JavaScript says by how much', async () => {
    const { proof: found } = await exportOf('javascript', wrong.model, wrong.proof);
    expect(found.kind === 'reread' && found.largestDifference).toBeCloseTo(0.01, 6);
  });

  const numpy = findPython('numpy');
  test.skipIf(numpy === null)('NumPy ends with an error', async () => {
    await withFiles('numpy', [wrong], ([folder]) => {
      expect(() => execFileSync(numpy!, [join(folder!, 'model.py')], { stdio: 'pipe' })).toThrow(/outputs differ/);
    });
  });

  test.skipIf(!hasCompiler())('C ends with a status', async () => {
    await withFiles('c', [wrong], ([folder]) => {
      const program = join(folder!, 'program');
      writeFileSync(join(folder!, 'main.c'), '#define MODEL_MAIN\n#include "model.h"\n');
      execFileSync('cc', ['-std=c99', '-o', program, join(folder!, 'main.c'), '-lm']);
      expect(() => execFileSync(program, { stdio: 'pipe' })).toThrow();
    });
  });
});
