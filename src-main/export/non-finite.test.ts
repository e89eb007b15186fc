import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseScript } from 'acorn';
import { describe, expect, test } from 'vitest';
import type { ModelSnapshot, TrainingData } from '../../src-worker/api';
import type { ExportFormatId, ExportOptions } from '../bridge';
import { main } from '../cli';
import { readModel } from '../import';
import { encodeProject } from '../projects';
import { requestOf } from '../testing/exports';
import { findPython } from '../testing/find-python';
import { makeModel, makeProject } from '../testing/models';
import { valueOf } from '../testing/round-trip';
import { encodeModel, exportFormats } from '.';

/** Weights that are no finite numbers leave in every format after a warning and not before, and are what they were. */

const WRONG = [NaN, Infinity, -Infinity, -0] as const;
const formats = Object.keys(exportFormats) as ExportFormatId[];

function brokenModel(): ModelSnapshot {
  const model = makeModel();
  model.state.parameters[0]!.values.set(WRONG);
  return model;
}

/** Two examples of what it takes and gives. */
const data: TrainingData = {
  train: { count: 2, x: Float32Array.of(0, 1, 2, 3), y: Float32Array.of(1, 0, 0, 0, 1, 0), weights: null },
  dev: null,
  test: null,
};

async function agreed(format: ExportFormatId, options: ExportOptions = {}) {
  return valueOf(await encodeModel(requestOf(format, { options, acceptNonFinite: true }), brokenModel(), null, data));
}

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('weights that are no finite numbers', () => {
  test.each(formats)('leave as %s only after a warning that names the array', async (format) => {
    const refused = await encodeModel(requestOf(format), brokenModel(), null, data);
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'export/not-finite' }] });
    expect(!refused.ok && refused.problems[0]?.message).toContain('W1');
    const { warnings, content } = await agreed(format);
    expect(warnings.map(({ code }) => code)).toEqual(['export/not-finite']);
    expect(content.length).toBeGreaterThan(0);
  });

  test('leave so, too, where it is the scaling, or weights of float64 that float32 cannot hold', async () => {
    const scaled = makeModel();
    const target = { ...scaled.preprocessing.target, deviation: Infinity };
    const wide = makeModel();
    const [W1, ...others] = wide.state.parameters;
    const values = Float64Array.from(W1!.values, () => 1e39);
    const models = [
      { ...scaled, preprocessing: { ...scaled.preprocessing, target } },
      { ...wide, state: { ...wide.state, parameters: [{ ...W1!, values }, ...others] } },
    ];
    for (const model of models)
      expect(await encodeModel(requestOf('npz'), model, null, null)).toMatchObject({
        ok: false,
        problems: [{ code: 'export/not-finite' }],
      });
  });

  test.each(['onnx', 'keras', 'tfjs', 'npz', 'json', 'pytorch'] as const)('come back from %s', async (format) => {
    const { content, parts } = await agreed(format);
    const name = format === 'pytorch' || format === 'tfjs' ? 'model.zip' : parts[0]!.name;
    const { model } = valueOf(await readModel([{ name, bytes: content }]));
    expect([...model!.state.parameters[0]!.values.subarray(0, 4)]).toEqual([...WRONG]);
  });

  test('stand in code that is well-formed', async () => {
    const javascript = await agreed('javascript');
    expect(() => parseScript(textOf(javascript.content), { ecmaVersion: 2023, sourceType: 'module' })).not.toThrow();
    const csv = textOf((await agreed('csv')).content)
      .split('\n')
      .slice(1, 5);
    expect(csv.map((line) => line.split(',').at(-1))).toEqual(['NaN', 'Infinity', '-Infinity', '0']);
    const python = findPython('ast');
    if (python === null) return;
    const codes = [(await agreed('numpy')).content, (await agreed('pytorch', { weights: 'inside' })).parts[0]?.bytes];
    for (const code of codes)
      execFileSync(python, ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: textOf(code) });
  });

  test('leave the command line only by --force', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'layerlab-force-'));
    try {
      await writeFile(join(folder, 'm.layerlab'), await encodeProject(makeProject(brokenModel())));
      const run = async (...argv: readonly string[]): Promise<{ status: number; stderr: string }> => {
        let stderr = '';
        const io = { stdout: { write: () => true }, stderr: { write: (text: string) => (stderr += text) } };
        return { status: await main(argv, { ...io, cwd: () => folder }), stderr };
      };
      // Without the data that one of them takes.
      const wanted = formats
        .filter((format) => format !== 'pytorch-distributed')
        .map((id) => `${id}=${id}.${extensionOf(id)}`);
      for (const one of wanted) {
        const { status, stderr } = await run('export', 'm.layerlab', one);
        expect([status, stderr.includes('W1 holds values that are not finite')], one).toEqual([2, true]);
      }
      expect(await readdir(folder)).toEqual(['m.layerlab']);
      expect((await run('export', 'm.layerlab', ...wanted, '--force')).status).toBe(0);
      expect(await readdir(folder)).toHaveLength(1 + wanted.length);
      expect(await readFile(join(folder, 'numpy.py'), 'utf8')).toMatch(/nan inf\s+-inf -0\.0/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function extensionOf(id: ExportFormatId): string {
  return exportFormats[id].extension;
}

describe('weights beyond float16', () => {
  test('do not become infinite: they are refused before, and leave in other types', async () => {
    const model = makeModel();
    model.state.parameters[2]!.values[0] = -70_000;
    const as = (weights: string) => encodeModel(requestOf('onnx', { options: { weights } }), model, null, null);
    const refused = await as('float16');
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'export/float16-range' }] });
    expect(!refused.ok && refused.problems[0]?.message).toContain('The array W2 holds -70000');
    for (const weights of ['float32', 'int8', 'int8-dynamic']) expect((await as(weights)).ok, weights).toBe(true);
  });

  test('are told to the last number that is still finite', async () => {
    const model = makeModel();
    const float16 = requestOf('onnx', { options: { weights: 'float16' } });
    model.state.parameters[0]!.values[0] = Math.fround(65_519);
    expect((await encodeModel(float16, model, null, null)).ok).toBe(true);
    model.state.parameters[0]!.values[0] = 65_520;
    expect((await encodeModel(float16, model, null, null)).ok).toBe(false);
    // Stored as they are.
    model.state.parameters[0]!.values[0] = 1;
    model.state.parameters[1]!.values[0] = 1e6;
    expect((await encodeModel(float16, model, null, null)).ok).toBe(true);
  });
});
