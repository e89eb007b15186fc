import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Project } from './bridge';
import { decodeProject, encodeProject } from './projects';
import { dataName, dataPath } from './project-parts';
import { makeModel, makeProject } from './testing/models';
import { readZip, writeZip, ZIP_LIMITS, type ZipEntry } from './zip';

const project = (data: Project['data'] = []) => makeProject(makeModel(), data);

async function opened(bytes: Uint8Array): Promise<Project> {
  const outcome = await decodeProject(bytes, 'penguins.layerlab');
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  const outcome = await decodeProject(bytes, 'penguins.layerlab');
  if (outcome.ok) return 'accepted';
  for (const problem of outcome.problems) {
    expect(problem.message).toContain('penguins.layerlab');
    expect(problem.hint).not.toBe('');
  }
  return outcome.problems[0]?.code ?? '';
}

/** The archive of a sound project with some of its parts replaced, added or (null) left out. */
async function tampered(changes: Readonly<Record<string, Uint8Array | string | null>>): Promise<Uint8Array> {
  const parts = await readZip(await encodeProject(project()), 'p');
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) parts.delete(name);
    else parts.set(name, typeof change === 'string' ? new TextEncoder().encode(change) : change);
  }
  const entries = [...parts].map(([name, bytes]): ZipEntry => ({ name, bytes, compress: true }));
  return writeZip(entries, 'p');
}

async function partText(name: string): Promise<string> {
  return new TextDecoder().decode((await readZip(await encodeProject(project()), 'p')).get(name));
}

describe('a project', () => {
  test('comes back with every bit, NaN, ±∞ and −0 in its history included', async () => {
    const data = [
      { name: 'penguins.csv', role: 'data' as const, bytes: new TextEncoder().encode('a,b\n1,2\n') },
      { name: 'penguins.csv', role: 'test' as const, bytes: new Uint8Array(0) },
    ];
    const before = project(data);
    expect(await opened(await encodeProject(before))).toEqual(before);
  });

  test('comes back with the best epoch, why it stopped and the count of Adam', async () => {
    const before = project();
    const { state } = before.model;
    const best = { epoch: 1, loss: 0.25, part: 'dev' as const, parameters: state.parameters };
    const optimizer = [...state.optimizer, { name: 't', shape: [1], values: Float64Array.of(20_000_001) }];
    const history = state.history.map((record) => ({ ...record, learningRate: 0.1, gradientNorm: Infinity }));
    const given = { ...state, optimizer, history, best, stopped: 'early' as const, judgedFrom: 1 };
    const saved = await opened(await encodeProject({ ...before, model: { ...before.model, state: given } }));
    expect(saved.model?.state).toEqual(given);
  });

  test('keeps −0 apart from 0', async () => {
    const { history } = (await opened(await encodeProject(project()))).model!.state;
    expect(Object.is(history[0]?.train.loss, -0)).toBe(true);
    expect(Object.is(history[0]?.dev?.accuracy, 0)).toBe(true);
  });

  test('gives equal bytes when saved twice', async () => {
    const first = await encodeProject(project());
    expect(Buffer.compare(first, await encodeProject(project()))).toBe(0);
  });

  test('holds the parts of the document, in their formats', async () => {
    const parts = await readZip(await encodeProject(project()), 'p');
    expect([...parts.keys()]).toEqual([
      'experiment.json',
      'preprocessing.json',
      'history.json',
      'weights.safetensors',
      'optimizer.safetensors',
    ]);
    expect(await partText('history.json')).toContain('"loss":"-0"');
  });

  test('holds a document that cannot be trained, beside the weights of the one before or alone', async () => {
    const { model, data } = project();
    const document = { ...model.experiment, network: { ...model.experiment.network, layers: [] } };
    const beside = await encodeProject({ document, model, data });
    expect(await opened(beside)).toEqual({ document, model, data });
    expect([...(await readZip(beside, 'p')).keys()].slice(0, 2)).toEqual(['experiment.json', 'trained.json']);
    const alone = await encodeProject({ document, model: null, data });
    expect(await opened(alone)).toEqual({ document, model: null, data });
    expect([...(await readZip(alone, 'p')).keys()]).toEqual(['experiment.json']);
  });

  test('is not encoded when its weights do not fit', async () => {
    const { model } = project();
    const state = { ...model.state, parameters: model.state.parameters.slice(1) };
    await expect(encodeProject(makeProject({ ...model, state }))).rejects.toThrow('W1');
  });

  test('is not encoded with two data files of one name', async () => {
    const file = { name: 'a.csv', role: 'data' as const, bytes: new Uint8Array(1) };
    await expect(encodeProject(project([file, file]))).rejects.toThrow('a.csv');
  });

  test('may hold a table of zeros that compresses a thousand times', async () => {
    const zeros = { name: 'zeros.csv', role: 'data' as const, bytes: new Uint8Array(11 * 2 ** 20) };
    expect((await opened(await encodeProject(project([zeros])))).data[0]?.bytes.length).toBe(zeros.bytes.length);
  });
});

describe('names of data files', () => {
  test('of every kind survive and never lead out of the archive', () => {
    const nasty = ['../../evil', '..', '.', 'C:\\x', '/etc/passwd', '%2F', 'a\0b', '__proto__', 'naïve Ω 𝒳.csv', 'a/b'];
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...nasty), fc.string({ minLength: 1, unit: 'grapheme' })), (name) => {
        const path = dataPath({ name, role: 'data' });
        expect(path.slice('data/'.length)).not.toMatch(/[/\\\0]|^\.+$/);
        expect(dataName(path)).toEqual({ name, role: 'data' });
      }),
    );
  });
});

describe('a damaged project', () => {
  test('is refused wherever it is cut', async () => {
    const whole = await encodeProject(project());
    for (let length = 0; length < whole.length; length += 1) {
      expect(await refusalOf(whole.subarray(0, length)), `cut at ${length}`).toMatch(/^project\//);
    }
  });

  test('with any flipped bit is refused or still says the same', async () => {
    const data = [{ name: 'penguins.csv', role: 'data' as const, bytes: new TextEncoder().encode('a,b\n1,2\n') }];
    const whole = await encodeProject(project(data));
    const sound = await opened(whole);
    let refused = 0;
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = whole.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      const outcome = await decodeProject(flipped, 'penguins.layerlab');
      if (outcome.ok) expect(outcome.value, `flip at ${at}`).toEqual(sound);
      else refused += 1;
    }
    expect(refused / whole.length).toBeGreaterThan(0.8);
  });

  test.each([
    ['an empty file', new Uint8Array(0), 'is empty'],
    ['a web page', new TextEncoder().encode('<!DOCTYPE html><p>404'), 'web page'],
    ['a Git LFS pointer', new TextEncoder().encode('version https://git-lfs.github.com/spec/v1'), 'Git LFS'],
    ['an experiment document', new TextEncoder().encode('{"format":"layerlab-experiment"}'), 'experiment document'],
    ['a gzip file', new Uint8Array([0x1f, 0x8b, 8]), 'gzip'],
    ['a table', new TextEncoder().encode('a,b\n'), 'not a Layerlab project'],
  ])('says what %s really is', async (_what, bytes, words) => {
    const outcome = await decodeProject(bytes, 'x.layerlab');
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'project/other-kind', file: 'x.layerlab' }] });
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toContain(words);
  });

  test.each([
    ['without weights', { 'weights.safetensors': null }, 'project/missing-part'],
    ['with a part that no project has', { 'run.sh': 'rm' }, 'project/unknown-part'],
    ['with a history that is not JSON', { 'history.json': '{' }, 'project/part'],
    [
      'without anything but the place in its run',
      { 'weights.safetensors': null, 'optimizer.safetensors': null },
      'project/missing-part',
    ],
    ['with a newer history', { 'history.json': '{"format":"layerlab-history","version":2}' }, 'project/newer-version'],
    [
      'with a newer experiment, whatever the rest holds',
      { 'experiment.json': '{"format":"layerlab-experiment","version":3}', 'history.json': null },
      'experiment/newer-version',
    ],
    [
      'with a preprocessing of another shape',
      { 'preprocessing.json': '{"format":"layerlab-preprocessing","version":1,"preprocessing":{}}' },
      'project/part',
    ],
  ])('%s is refused', async (_what, changes, code) => {
    const outcome = await decodeProject(await tampered(changes), 'penguins.layerlab');
    expect(outcome).toMatchObject({ ok: false, problems: [{ code, file: 'penguins.layerlab' }] });
  });

  test('with weights of another network is refused, naming the array', async () => {
    const text = (await partText('experiment.json')).replace('"units": 4', '"units": 5');
    const outcome = await decodeProject(await tampered({ 'experiment.json': text }), 'penguins.layerlab');
    expect(outcome.ok ? [] : outcome.problems.map((problem) => problem.message).join()).toContain('W1');
  });

  test('with a wrong type in its history names the place', async () => {
    const text = (await partText('history.json')).replace('"loss":"-0"', '"loss":"zero"');
    const outcome = await decodeProject(await tampered({ 'history.json': text }), 'penguins.layerlab');
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toContain('records.0.train.loss');
  });
});

describe('an archive that is an attack', () => {
  const entry = (name: string, bytes: Uint8Array = new Uint8Array(4)): ZipEntry => ({ name, bytes, compress: true });
  /** Renames an entry in both of its headers; the names must be equally long. */
  const renamed = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
    const latin = Buffer.from(bytes).toString('latin1').replaceAll(from, to);
    return Uint8Array.from(Buffer.from(latin, 'latin1'));
  };

  test.each([
    ['a path that leads out', 'aaaaaaa', '../evil'],
    ['an absolute path', 'aaaaaaa', '/etc/pw'],
    ['a Windows path', 'aaaaaaa', 'C:\\evil'],
    ['a name twice', 'bbbb', 'abcd'],
  ])('with %s is refused', async (_what, from, to) => {
    const sound = await writeZip([entry('abcd'), entry('aaaaaaa'), entry('bbbb')], 'p');
    expect((await readZip(sound, 'p')).size).toBe(3);
    await expect(readZip(renamed(sound, from, to), 'p')).rejects.toThrow('damaged');
  });

  test('that would unpack to more than the limits is refused before it is unpacked', async () => {
    const bomb = await writeZip([entry('zeros', new Uint8Array(2 ** 20))], 'p');
    const limits = { ...ZIP_LIMITS, totalBytes: 2 ** 19 };
    await expect(readZip(bomb, 'p', 'project', limits)).rejects.toThrow('would take more than');
    await expect(readZip(bomb, 'p', 'project', { ...ZIP_LIMITS, ratioFreeBytes: 1000 })).rejects.toThrow(
      'more than 200 times',
    );
    await expect(readZip(bomb, 'p', 'project', { ...ZIP_LIMITS, entries: 0 })).rejects.toThrow('lists 1 parts');
  });

  test('that holds a link is refused', async () => {
    const sound = Buffer.from(await writeZip([entry('abcd')], 'p'));
    const directory = sound.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    sound.writeUInt32LE((0o120777 << 16) >>> 0, directory + 38);
    await expect(readZip(sound, 'p')).rejects.toThrow('is a link');
  });

  test('of more than the limits is not even written', async () => {
    const limits = { ...ZIP_LIMITS, totalBytes: 3 };
    await expect(writeZip([entry('a')], 'p', 'project', limits)).rejects.toThrow('Save it without the data');
    await expect(writeZip([entry('a')], 'p', 'model', limits)).rejects.toThrow('Leave the optimizer’s state out');
  });
});
