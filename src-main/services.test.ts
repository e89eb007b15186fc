import { chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DesktopApi, Project, SaveRequest } from './bridge';
import type { TrainingData } from '../src-worker/api';
import { ProblemError, type Outcome } from '../src-worker/problem';
import { checkFileName, suggestFileName } from './file-names';
import { Handles } from './handles';
import { openKeep, type Seat } from './keep/keep';
import { createServices } from './services';
import { Downloads } from './shell-local/downloads';
import { folderPlaces } from './shell-local/folder-places';
import { exportFormats } from './export';
import { drawProof } from './export/draw-proof';
import { decoderHere } from './testing/decoders';
import { requestOf } from './testing/exports';
import { makeModel, makeProject } from './testing/models';
import { makeUpdate } from './testing/sessions';
import { answer } from './validate';
import { VERBS, type Verb } from './verbs';

/** A window of a process of its own. */
function seatIn(appFolder: string, window = 'window-1'): Seat {
  const keep = openKeep(appFolder);
  keep.claims.enter(window);
  return { window, keep };
}

let folder: string;
let app: string;
let services: DesktopApi;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-services-'));
  app = await mkdtemp(join(tmpdir(), 'layerlab-app-'));
  services = createServices(folderPlaces(folder, new Downloads()), decoderHere, seatIn(app));
});
afterEach(() => Promise.all([folder, app].map((path) => rm(path, { recursive: true, force: true }))));

const request = (change: Partial<SaveRequest> = {}): SaveRequest => ({
  kind: 'project',
  format: null,
  suggestedName: 'penguins',
  name: 'penguins',
  replace: false,
  ...change,
});
const project = (): Project => makeProject();

/** Two examples of what makeModel takes and gives. */
const someData: TrainingData = {
  train: { count: 2, x: Float32Array.of(0, 1, 2, 3), y: Float32Array.of(1, 0, 0, 0, 1, 0), weights: null },
  dev: null,
  test: null,
};

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
const codeOf = (outcome: Outcome<unknown>): string | undefined => (outcome.ok ? 'ok' : outcome.problems[0]?.code);

async function stage(): Promise<string> {
  return valueOf(await services.stageExport(makeModel(), null, someData));
}

async function targetOf(change: Partial<SaveRequest> = {}): Promise<string> {
  return valueOf(await services.chooseSaveTarget(request(change)))?.handle ?? '';
}

describe('the services', () => {
  test('save a project, list it, open it and save it again', async () => {
    const target = valueOf(await services.chooseSaveTarget(request()));
    expect(target?.label).toBe('penguins.layerlab');
    const saved = valueOf(await services.saveProject(target?.handle ?? '', project()));
    expect(saved.bytes).toBe((await readFile(join(folder, 'penguins.layerlab'))).length);

    const [listed, ...others] = valueOf(await services.listProjects());
    expect(others).toEqual([]);
    expect(listed?.name).toBe('penguins');
    const opened = valueOf(await services.openListedProject(listed?.handle ?? ''));
    expect(opened.project).toEqual(project());
    expect(opened.name).toBe('penguins');

    valueOf(await services.saveProject(opened.target?.handle ?? '', project()));
    expect((await readdir(folder)).sort()).toEqual(['penguins.layerlab', 'penguins.layerlab.bak']);
    expect(valueOf(await services.listProjects()).length).toBe(1);
  });

  test('create the folder on the first save, and list nothing before', async () => {
    services = createServices(folderPlaces(join(folder, 'new', 'Layerlab'), new Downloads()), decoderHere, seatIn(app));
    expect(await services.listProjects()).toEqual({ ok: true, value: [] });
    valueOf(await services.saveProject(await targetOf(), project()));
    expect(await readdir(join(folder, 'new', 'Layerlab'))).toEqual(['penguins.layerlab']);
  });

  test('save a lesson as the text that it is, and only where a lesson was to go', async () => {
    const lesson = await targetOf({ kind: 'lesson', name: 'two units' });
    expect(valueOf(await services.saveLesson(lesson, '{"α": 1}')).label).toBe('two units.layerlab-lesson');
    expect(await readFile(join(folder, 'two units.layerlab-lesson'), 'utf8')).toBe('{"α": 1}');
    expect(codeOf(await services.saveLesson(await targetOf(), '{}'))).toBe('bridge/unknown-handle');
    expect(codeOf(await services.saveProject(lesson, project()))).toBe('bridge/unknown-handle');
    expect(valueOf(await services.listProjects())).toEqual([]);
  });

  test('never replace a file without consent', async () => {
    await writeFile(join(folder, 'penguins.layerlab'), 'mine');
    expect(codeOf(await services.chooseSaveTarget(request()))).toBe('save/exists');
    expect(await readFile(join(folder, 'penguins.layerlab'), 'utf8')).toBe('mine');
    valueOf(await services.saveProject(await targetOf({ replace: true }), project()));
    expect(await readFile(join(folder, 'penguins.layerlab.bak'), 'utf8')).toBe('mine');
  });

  test('never write through a link or over a folder', async () => {
    await writeFile(join(folder, 'outside'), 'mine');
    await symlink(join(folder, 'outside'), join(folder, 'link.layerlab'));
    await mkdir(join(folder, 'folder.layerlab'));
    for (const name of ['link', 'folder']) {
      expect(codeOf(await services.chooseSaveTarget(request({ name, replace: true })))).toBe('save/not-a-file');
    }
    const handle = await targetOf({ name: 'later' });
    await symlink(join(folder, 'outside'), join(folder, 'later.layerlab'));
    expect(codeOf(await services.saveProject(handle, project()))).toBe('save/not-a-file');
    expect(await readFile(join(folder, 'outside'), 'utf8')).toBe('mine');
    expect(valueOf(await services.listProjects())).toEqual([]);
  });

  test('save one after the other on the same file', async () => {
    const handle = await targetOf();
    const saves = await Promise.all(Array.from({ length: 8 }, () => services.saveProject(handle, project())));
    for (const saved of saves) valueOf(saved);
    expect((await readdir(folder)).sort()).toEqual(['penguins.layerlab', 'penguins.layerlab.bak']);
  });

  test('say which folder and why when it cannot be written', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may write everywhere');
    await chmod(folder, 0o500);
    const outcome = await services.saveProject(await targetOf(), project());
    await chmod(folder, 0o700);
    expect(codeOf(outcome)).toBe('save/no-permission');
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toContain(folder);
  });

  test('open the backup of a project that is cut, where it is whole', async () => {
    const handle = await targetOf();
    valueOf(await services.saveProject(handle, project()));
    valueOf(await services.saveProject(handle, project()));
    const path = join(folder, 'penguins.layerlab');
    await writeFile(path, (await readFile(path)).subarray(0, 500));
    const [listed] = valueOf(await services.listProjects());
    const opened = valueOf(await services.openListedProject(listed?.handle ?? ''));
    expect(opened).toMatchObject({ project: project(), target: null, caution: { kind: 'backup' } });
    expect(opened.caution?.problems[0]?.code).toBe('project/cut-short');
    expect(opened.caution?.problems[0]?.hint).toContain('penguins.layerlab.bak');
    await writeFile(`${path}.bak`, 'spoilt too');
    expect(codeOf(await services.openListedProject(listed?.handle ?? ''))).toBe('project/cut-short');
  });

  test('list what was used lately, tell what is missing, and forget it', async () => {
    valueOf(await services.saveProject(await targetOf(), project()));
    valueOf(await services.saveProject(await targetOf({ name: 'other' }), project()));
    await rm(join(folder, 'penguins.layerlab'));
    const again = createServices(folderPlaces(folder, new Downloads()), decoderHere, seatIn(app, 'window-2'));
    const listed = valueOf(await again.listProjects());
    expect(listed.map(({ name, missing, recent }) => [name, missing, recent])).toEqual([
      ['other', false, true],
      ['penguins', true, true],
    ]);
    expect(codeOf(await again.openListedProject(listed[1]!.handle))).toBe('open/not-found');
    valueOf(await again.forgetProject(listed[1]!.handle));
    expect(valueOf(await again.listProjects()).map(({ name }) => name)).toEqual(['other']);
    // The file itself stays.
    valueOf(await again.forgetProject(listed[0]!.handle));
    expect(valueOf(await again.listProjects())).toMatchObject([{ name: 'other', recent: false }]);
  });

  test('read the list of recent projects that the first version wrote, and none that is spoilt', async () => {
    await writeFile(join(folder, 'old.layerlab'), 'x');
    await writeFile(join(app, 'recent.json'), JSON.stringify([join(folder, 'old.layerlab'), 7, { path: 8 }]));
    expect(valueOf(await services.listProjects())).toMatchObject([{ name: 'old', recent: true }]);
    await writeFile(join(app, 'recent.json'), '[');
    expect(valueOf(await services.listProjects())).toMatchObject([{ name: 'old', recent: false }]);
  });

  test('keep how a person likes the window, and forget what is spoilt', async () => {
    expect(valueOf(await services.readPreferences())).toBeNull();
    const chosen = { theme: 'dark', panes: { pipeline: 300, inspector: 280 }, view: 'Runs' } as const;
    valueOf(await services.writePreferences(chosen));
    expect(valueOf(await services.readPreferences())).toEqual(chosen);
    await writeFile(join(app, 'preferences.json'), '{"theme":"blue"}');
    expect(valueOf(await services.readPreferences())).toBeNull();
  });

  test('open a copy of a project that another window works at, and never save over it', async () => {
    const keep = openKeep(app);
    const [mine, other] = ['mine', 'other'].map((window) => {
      keep.claims.enter(window);
      return createServices(folderPlaces(folder, new Downloads()), decoderHere, { window, keep });
    }) as [DesktopApi, DesktopApi];
    const target = valueOf(await mine.chooseSaveTarget(request()))?.handle ?? '';
    valueOf(await mine.saveProject(target, project()));
    const [listed] = valueOf(await other.listProjects());
    const opened = valueOf(await other.openListedProject(listed?.handle ?? ''));
    expect(opened).toMatchObject({ project: project(), target: null, caution: { kind: 'in-use' } });
    expect(codeOf(await other.chooseSaveTarget(request({ replace: true })))).toBe('project/in-use');
    await keep.claims.leave('mine');
    expect(valueOf(await other.openListedProject(listed?.handle ?? ''))).toMatchObject({ caution: null });
    expect(codeOf(await mine.chooseSaveTarget(request({ replace: true })))).toBe('project/in-use');
  });

  test('export a model, and list the formats', async () => {
    const formats = await services.listExportFormats();
    expect(formats.map((format) => format.id)).toEqual(expect.arrayContaining(['onnx', 'json']));
    const staged = await stage();
    for (const { id, extension } of formats) {
      const handle = await targetOf({ kind: 'export', format: id, name: id });
      valueOf(await services.exportModel(handle, staged, requestOf(id)));
      valueOf(await services.exportModel(handle, staged, requestOf(id)));
      expect((await readFile(join(folder, `${id}.${extension}`))).length).toBeGreaterThan(100);
    }
    expect((await readdir(folder)).sort()).toEqual(formats.map(({ id, extension }) => `${id}.${extension}`).sort());
  });

  test('write to a target only what it was chosen for', async () => {
    const forOnnx = await targetOf({ kind: 'export', format: 'onnx' });
    expect(codeOf(await services.saveProject(forOnnx, project()))).toBe('bridge/unknown-handle');
    const staged = await stage();
    expect(codeOf(await services.exportModel(forOnnx, staged, requestOf('json')))).toBe('bridge/unknown-handle');
    expect(codeOf(await services.exportModel(await targetOf(), staged, requestOf('onnx')))).toBe(
      'bridge/unknown-handle',
    );
    expect(codeOf(await services.saveProject('/etc/passwd', project()))).toBe('bridge/unknown-handle');
    expect(codeOf(await services.openListedProject('../x'))).toBe('bridge/unknown-handle');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a model on its way out', () => {
  test('is handed over once, looked at in every format, dragged out, written and forgotten', async () => {
    const staged = await stage();
    const preview = valueOf(await services.previewExport(staged, requestOf('onnx')));
    expect(preview.proof).toMatchObject({ kind: 'reread', sameAnswers: true });
    expect(preview.usage).toContain('model.onnx');
    const offer = valueOf(await services.offerExport(staged, requestOf('onnx'), 'a/b: flower'));
    expect(offer).toMatchObject({ kind: 'download', name: 'a b flower.onnx' });
    const handle = await targetOf({ kind: 'export', format: 'onnx' });
    const written = valueOf(await services.exportModel(handle, staged, requestOf('onnx')));
    expect(written).toMatchObject({ label: 'penguins.onnx', bytes: preview.bytes, proof: preview.proof });
    expect(written.usage).toContain('penguins.onnx');
    await services.releaseExport(staged);
    await services.releaseExport(staged);
    expect(codeOf(await services.previewExport(staged, requestOf('onnx')))).toBe('export/forgotten');
    expect(codeOf(await services.exportModel(handle, staged, requestOf('onnx')))).toBe('export/forgotten');
    expect(codeOf(await services.offerExport(staged, requestOf('onnx'), 'x'))).toBe('export/forgotten');
  });

  test('that cannot be packed, or that its reader does not take, is refused in words', async () => {
    const problem = { code: 'import/too-large', message: 'It would be too large.', hint: 'Choose another.' };
    for (const step of ['encode', 'reread'] as const) {
      const failing = vi.spyOn(exportFormats.onnx, step).mockImplementation(() => {
        throw new ProblemError(problem);
      });
      expect(await services.previewExport(await stage(), requestOf('onnx'))).toEqual({
        ok: false,
        problems: [problem],
      });
      failing.mockRestore();
    }
    expect(codeOf(await services.previewExport(await stage(), requestOf('onnx')))).toBe('ok');
  });

  test('needs its data only for the format that takes them', async () => {
    const staged = valueOf(await services.stageExport(makeModel(), null, null));
    expect(codeOf(await services.previewExport(staged, requestOf('numpy')))).toBe('ok');
    expect(codeOf(await services.previewExport(staged, requestOf('pytorch-distributed')))).toBe('export/needs-data');
  });

  test('whose weights are no numbers leaves only after a warning, written or dragged', async () => {
    const model = makeModel();
    model.state.parameters[0]!.values[0] = Infinity;
    const staged = valueOf(await services.stageExport(model, null, null));
    const handle = await targetOf({ kind: 'export', format: 'npz' });
    expect(codeOf(await services.exportModel(handle, staged, requestOf('npz')))).toBe('export/not-finite');
    expect(codeOf(await services.offerExport(staged, requestOf('npz'), 'x'))).toBe('export/not-finite');
    expect(await readdir(folder)).toEqual([]);
    const agreed = requestOf('npz', { acceptNonFinite: true });
    expect(valueOf(await services.previewExport(staged, agreed)).warnings).toMatchObject([
      { code: 'export/not-finite' },
    ]);
    valueOf(await services.exportModel(handle, staged, agreed));
    expect(await readdir(folder)).toEqual(['penguins.npz']);
  });

  test('that cannot be written over leaves the file as it was, and nothing beside it', async () => {
    const handle = await targetOf({ kind: 'export', format: 'npz', name: 'w' });
    await mkdir(join(folder, 'w.npz'));
    expect(codeOf(await services.exportModel(handle, await stage(), requestOf('npz')))).toBe('save/not-a-file');
    await rm(join(folder, 'w.npz'), { recursive: true });
    await rm(folder, { recursive: true });
    expect(codeOf(await services.exportModel(handle, await stage(), requestOf('npz')))).toBe('save/not-found');
    await mkdir(folder);
    valueOf(await services.exportModel(handle, await stage(), requestOf('npz')));
    const before = await readFile(join(folder, 'w.npz'));
    const broken = makeModel();
    broken.state.parameters[0]!.values[0] = NaN;
    const staged = valueOf(await services.stageExport(broken, null, null));
    expect(codeOf(await services.exportModel(handle, staged, requestOf('npz')))).toBe('export/not-finite');
    expect(await readdir(folder)).toEqual(['w.npz']);
    expect(before.equals(await readFile(join(folder, 'w.npz')))).toBe(true);
  });
});

describe('names of files', () => {
  const bad = [
    '',
    ' ',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    'C:x',
    '/etc/passwd',
    '.hidden',
    'x ',
    ' x',
    'x.',
    'a\0b',
    'a\nb',
  ];
  const reserved = [
    'con',
    'CON',
    'nul',
    'Aux',
    'com1',
    'LPT9',
    'con.layerlab',
    'a*b',
    'what?',
    '\ud800',
    'é'.repeat(200),
  ];

  test.each([...bad, ...reserved])('%j is refused and writes nothing', async (name) => {
    expect(codeOf(await services.chooseSaveTarget(request({ name })))).toBe('save/bad-name');
    expect(await readdir(folder)).toEqual([]);
  });

  test.each(['penguins', 'Pinguïne Ω 3', 'v1.2', 'a.layerlab', 'penguins.LAYERLAB', 'console'])(
    '%j is taken',
    async (name) => {
      valueOf(await services.saveProject(await targetOf({ name }), project()));
      expect((await readdir(folder))[0]?.toLowerCase()).toMatch(/^[^.].*\.layerlab$/);
    },
  );

  test('suggested for any text are good names', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...bad, ...reserved), fc.string(), fc.string({ unit: 'binary' })),
        (text) => {
          expect(checkFileName(suggestFileName(text, 'onnx'))).toBe(null);
        },
      ),
    );
  });
});

describe('validation', () => {
  const good: { readonly [K in Verb]: Parameters<DesktopApi[K]> } = {
    about: [],
    chooseSaveTarget: [request()],
    saveProject: ['handle', project()],
    saveLesson: ['handle', '{}'],
    chooseProject: [],
    listProjects: [],
    openListedProject: ['handle'],
    forgetProject: ['handle'],
    readProject: ['a.layerlab', new Uint8Array(3)],
    readModel: [[{ name: 'a.onnx', bytes: new Uint8Array(3) }]],
    listExportFormats: [],
    stageExport: [makeModel(), drawProof(makeModel()), someData],
    releaseExport: ['handle'],
    previewExport: ['handle', requestOf('onnx')],
    exportModel: ['handle', 'handle', requestOf('onnx')],
    offerExport: ['handle', requestOf('onnx'), 'name'],
    decodeTable: ['ticket', 'a.xlsx', new Uint8Array(3), { sheet: 'Sheet1' }],
    cancelDecoding: ['ticket'],
    beginSession: [],
    keepData: [[{ name: 'a.csv', role: 'data', bytes: new Uint8Array(3) }]],
    keepSession: [makeUpdate()],
    endSession: [],
    listKeptSessions: [],
    openKeptSession: ['handle'],
    setSessionAside: ['handle'],
    readPreferences: [],
    writePreferences: [{ theme: 'dark', panes: { pipeline: 300, inspector: 280 }, view: 'Runs' }],
  };

  /** Services that note which of them ran. */
  function noting(): { readonly services: DesktopApi; readonly ran: string[] } {
    const ran: string[] = [];
    const note = (verb: Verb) => () => Promise.resolve(void ran.push(verb));
    return { services: Object.fromEntries(VERBS.map((verb) => [verb, note(verb)])) as unknown as DesktopApi, ran };
  }

  test.each(VERBS)('%s runs with good arguments and with no others', async (verb) => {
    const { services, ran } = noting();
    await answer(services, verb, good[verb]);
    expect(ran).toEqual([verb]);
    const wrong: unknown[] = [
      null,
      undefined,
      'x',
      {},
      [...good[verb], 'one more'],
      ...(good[verb].length > 0
        ? [[], ...[null, undefined, 7, '', {}, [], NaN].map((x) => [x, ...good[verb].slice(1)])]
        : []),
    ];
    for (const args of wrong) {
      expect(await answer(services, verb, args), JSON.stringify(args)).toMatchObject({
        ok: false,
        problems: [{ code: 'bridge/bad-argument' }],
      });
    }
    expect(ran).toEqual([verb]);
  });

  test('runs nothing for any of a thousand random payloads', async () => {
    const { services, ran } = noting();
    // Those that take no more than a text accept any: what it names is looked up, and not found.
    const takers = VERBS.filter((verb) => good[verb].some((argument) => typeof argument !== 'string'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...takers), fc.anything({ withTypedArray: true }), async (verb, args) => {
        await answer(services, verb, args);
        expect(ran).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  const model = makeModel();
  const withState = (change: object) => [
    'h',
    { ...project(), model: { ...model, state: { ...model.state, ...change } } },
  ];
  test.each<readonly [string, Verb, readonly unknown[], string]>([
    ['a save request with a further key', 'chooseSaveTarget', [{ ...request(), path: '/etc' }], 'path'],
    ['an export without a format', 'chooseSaveTarget', [request({ kind: 'export' })], 'export'],
    ['an unknown format', 'exportModel', ['h', 'h', { ...requestOf('onnx'), format: 'toString' }], '2'],
    [
      'weights that are a plain list',
      'saveProject',
      withState({ parameters: [{ name: 'W1', shape: [1], values: [1] }] }),
      'values',
    ],
    ['a negative epoch', 'saveProject', withState({ epoch: -1 }), 'epoch'],
    ['an unknown status', 'saveProject', withState({ status: 'done' }), 'status'],
    ['a history of text', 'saveProject', withState({ history: ['x'] }), 'history.0'],
    [
      'an experiment with a negative learning rate',
      'stageExport',
      [
        {
          ...model,
          experiment: {
            ...model.experiment,
            training: { ...model.experiment.training, optimizer: { kind: 'sgd', learningRate: -1 } },
          },
        },
        null,
        null,
      ],
      'learningRate',
    ],
  ])('names the place of %s', async (_what, verb, args, place) => {
    const outcome = (await answer(noting().services, verb, args)) as Outcome<unknown>;
    expect(codeOf(outcome)).toBe('bridge/bad-argument');
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toContain(place);
  });

  test('lets a diverged run through: NaN in its history is its truth', async () => {
    const { services, ran } = noting();
    await answer(services, 'saveProject', ['h', project()]);
    expect(ran).toEqual(['saveProject']);
  });

  test('turns a crash of a service into words', async () => {
    const broken = { ...services, listProjects: () => Promise.reject(new TypeError('x is undefined')) };
    expect(await answer(broken, 'listProjects', [])).toMatchObject({
      ok: false,
      problems: [{ code: 'bridge/unexpected' }],
    });
  });
});

describe('handles', () => {
  test('cannot be guessed, and the oldest are forgotten', () => {
    const handles = new Handles<number>(2);
    const [first, second, third] = [1, 2, 3].map((value) => handles.give(value));
    expect(first).toMatch(/^[\w-]{22}$/);
    expect([first, second, third].map((handle) => handles.get(handle ?? ''))).toEqual([null, 2, 3]);
  });
});
