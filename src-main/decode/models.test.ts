import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERSION } from '../../src-worker/experiment/defaults';
import type { Outcome } from '../../src-worker/problem';
import { readModel } from '../import';
import { encodeMessage } from '../message-bytes';
import { encodeProject } from '../projects';
import { makeProject } from '../testing/models';
import { damage, soundModels } from '../testing/mutants';
import { valueOf } from '../testing/round-trip';
import type { RunLimits } from './child-runs';
import { createDecoder, DECODER_LIMITS, type Decoder } from './decoder';
import { nodeDecoder } from './node-child';
import { buildDecoder } from './testing/build-decoder';

const models = await soundModels();
const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'read' : outcome.problems[0]!.code);

describe('a process of its own', () => {
  let built: Awaited<ReturnType<typeof buildDecoder>>;
  let decoder: Decoder;
  beforeAll(async () => {
    built = await buildDecoder();
    decoder = createDecoder(nodeDecoder(() => built.script));
  });
  afterAll(() => built.remove());

  /** A decoder whose process does this instead. */
  async function running(name: string, program: string, limits: Partial<RunLimits>): Promise<Decoder> {
    const script = join(built.script, '..', `${name}.mjs`);
    await writeFile(script, program);
    return createDecoder(
      nodeDecoder(() => script),
      { ...DECODER_LIMITS, milliseconds: 60_000, ...limits },
    );
  }

  test.each(Object.entries(models))('reads a model of %s as it would be read here', async (_format, file) => {
    const [there, here] = [await decoder.readModel([file]), await readModel([file])];
    expect(valueOf(there)).toEqual(valueOf(here));
  });

  test('opens a project with every bit', async () => {
    const project = makeProject(undefined, [{ name: '__proto__', role: 'data', bytes: new Uint8Array([0, 255]) }]);
    const read = await decoder.readProject('a.layerlab', await encodeProject(project));
    expect(valueOf(read)).toEqual({ project, version: VERSION });
  });

  test('says what is wrong with damaged files in the words of their readers', async () => {
    for (const [format, { name, bytes }] of Object.entries(models)) {
      const damaged = { name, bytes: damage(bytes, 4) };
      const [there, here] = [await decoder.readModel([damaged]), await readModel([damaged])];
      expect(there, format).toEqual(here);
    }
    const unread = await decoder.readProject('a.layerlab', new Uint8Array([0x50, 0x4b, 3, 4]));
    expect(codeOf(unread)).toBe('project/cut-short');
  });

  test('is ended where its reader never comes to an end', async () => {
    const looping = await running('loops', 'for (;;);', { milliseconds: 300 });
    const outcomes = [
      await looping.readModel([models.onnx]),
      await looping.readProject('a.layerlab', new Uint8Array(9)),
    ];
    expect(outcomes.map(codeOf)).toEqual(['decode/too-slow', 'decode/too-slow']);
    const problem = outcomes[0]!.ok ? null : outcomes[0]!.problems[0];
    expect(problem?.message).toContain('a.onnx takes too long to read');
    expect(codeOf(await decoder.readModel([models.onnx]))).toBe('read');
  });

  test('dies alone where its reader fills the heap', async () => {
    const filling = await running('fills', 'const all = []; for (;;) all.push([all.length]);', { heapMebibytes: 32 });
    expect(codeOf(await filling.readModel([models.keras]))).toBe('decode/died');
  });

  test.skipIf(process.platform !== 'linux')('is ended where its reader fills the memory with arrays', async () => {
    const program = 'const all = []; for (;;) all.push(new Uint8Array(2 ** 22).fill(1));';
    const filling = await running('arrays', program, { memoryBytes: 2 ** 28, lookMilliseconds: 10 });
    const outcome = await filling.readModel([models.npz]);
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'decode/too-large', file: 'a.npz' }] });
  });
});

/** A decoder whose process replies this to everything. */
function replying(reply: Uint8Array): Decoder {
  return createDecoder(() => {
    let end: (bytes: Uint8Array | null) => void = () => undefined;
    return {
      ...{ send: () => end(reply), kill: () => end(null), memory: () => 0 },
      onEnd: (listener) => void (end = listener),
    };
  });
}

test('a reply that makes no sense is not believed', async () => {
  const read = valueOf(await readModel([models.onnx]));
  const network = read.network!;
  const replies: readonly unknown[] = [
    null,
    [],
    { ok: true },
    { ok: false, problems: [] },
    { ok: false, problems: [{ code: 'a' }] },
    { ok: true, value: { ...read, format: 'exe' } },
    { ok: true, value: { ...read, more: 1 } },
    { ok: true, value: { ...read, notes: [{ toString: 'a' }] } },
    { ok: true, value: { ...read, network: { ...network, spec: { ...network.spec, layers: [{ kind: 'evil' }] } } } },
    { ok: true, value: { ...read, weights: [{ name: 'W1', shape: [-1], values: new Float32Array(1) }] } },
    { ok: true, value: { ...read, model: { ...read.model, state: {} } } },
  ];
  for (const reply of replies) {
    const outcome = await replying(encodeMessage(reply)).readModel([models.onnx]);
    expect(codeOf(outcome), JSON.stringify(reply)?.slice(0, 200)).toBe('decode/broken-reply');
  }
  expect(codeOf(await replying(new Uint8Array([0xc1])).readModel([models.onnx]))).toBe('decode/broken-reply');
  expect(codeOf(await replying(encodeMessage({ ok: true, value: read })).readProject('a', new Uint8Array(1)))).toBe(
    'decode/broken-reply',
  );
  expect(codeOf(await replying(encodeMessage({ ok: true, value: read })).readModel([models.onnx]))).toBe('read');
});
