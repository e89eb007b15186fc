import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesktopApi, MenuCommand } from '../bridge';
import { answer } from '../decode/child/answer';
import { PAGE_HEADERS } from '../page-files';
import { exportedBytes, requestOf } from '../testing/exports';
import { makeModel, makeProject } from '../testing/models';
import { VERBS } from '../verbs';
import { channelOf, DRAG_CHANNEL, MENU_CHANNEL, MENU_COMMANDS } from './channels';
import { menuTemplate } from './menu';
import { preloadBridge } from './preload-bridge';
import { runShell, type Electron } from './shell';

type Listener = (...args: never[]) => unknown;

/** Collects listeners as Electron's emitters do. */
function emitter() {
  const listeners = new Map<string, Listener>();
  return {
    on: (event: string, listener: Listener) => void listeners.set(event, listener),
    emit: (event: string, ...args: readonly unknown[]) => listeners.get(event)?.(...(args as never[])),
    events: () => [...listeners.keys()],
  };
}

/** A utility process that reads what it is sent, here. */
function fakeUtility() {
  const child = new EventEmitter();
  return Object.assign(child, {
    postMessage: (request: Uint8Array) => void answer(request).then((reply) => child.emit('message', reply)),
    kill: () => child.emit('exit', 0),
  });
}

/** A stand-in for the calls of Electron that the shell makes; `log` has them in their order. */
function fakeElectron(folder: string, { instance = true } = {}) {
  const log: string[] = [];
  const app = emitter();
  const session = emitter();
  const contents = { ...emitter(), sent: [] as unknown[][], openHandler: null as (() => unknown) | null };
  const handlers = new Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>();
  const state = {
    log,
    app,
    session,
    contents,
    handlers,
    page: null as ((request: { url: string; method: string }) => Response) | null,
    permissions: [] as ((...args: unknown[]) => unknown)[],
    windowOptions: null as BrowserWindowConstructorOptions | null,
    menu: null as MenuItemConstructorOptions[] | null,
    answers: { save: '', open: [] as string[], close: 0 },
    shown: [] as { defaultPath?: string }[],
    ipc: emitter(),
  };
  const window = {
    webContents: {
      on: contents.on,
      send: (...args: unknown[]) => void contents.sent.push(args),
      setWindowOpenHandler: (handler: () => unknown) => void (contents.openHandler = handler),
    },
    loadURL: (url: string) => (log.push(`load ${url}`), Promise.resolve()),
    isMinimized: () => true,
    restore: () => log.push('restore'),
    focus: () => log.push('focus'),
  };
  const electron = {
    app: {
      ...app,
      requestSingleInstanceLock: () => instance,
      whenReady: () => (log.push('ready'), Promise.resolve()),
      quit: () => log.push('quit'),
      exit: (code: number) => log.push(`exit ${code}`),
      getPath: (name: string) => join(folder, name),
      getFileIcon: (path: string) => Promise.resolve({ of: path }),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: { scheme: string }[]) => log.push(`scheme ${schemes[0]?.scheme}`),
      handle: (scheme: string, handler: typeof state.page) => (log.push(`handle ${scheme}`), (state.page = handler)),
    },
    ipcMain: { on: state.ipc.on, handle: (channel: string, handler: never) => void handlers.set(channel, handler) },
    dialog: {
      showSaveDialog: (_window: unknown, options: { defaultPath?: string }) => {
        state.shown.push(options);
        return Promise.resolve({ canceled: state.answers.save === '', filePath: state.answers.save });
      },
      showOpenDialog: (_window: unknown, options: { defaultPath?: string }) => {
        state.shown.push(options);
        return Promise.resolve({ canceled: state.answers.open.length === 0, filePaths: state.answers.open });
      },
      showMessageBoxSync: () => state.answers.close,
      showErrorBox: (title: string, text: string) => log.push(`error ${title}: ${text}`),
    },
    menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => void (state.menu = template),
    },
    fork: fakeUtility,
    session: () => ({
      on: session.on,
      setPermissionRequestHandler: (handler: never) => void state.permissions.push(handler),
      setPermissionCheckHandler: (handler: never) => void state.permissions.push(handler),
      setDevicePermissionHandler: (handler: never) => void state.permissions.push(handler),
    }),
    createWindow: (options: BrowserWindowConstructorOptions) => {
      log.push('window');
      state.windowOptions = options;
      app.emit('web-contents-created', {}, window.webContents);
      return window;
    },
  } as unknown as Electron;
  return { electron, ...state, state };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-electron-'));
  for (const name of ['renderer', 'documents', 'userData']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'renderer', 'kernels.wasm'), new Uint8Array(4));
});
afterEach(() => rm(folder, { recursive: true }));

const folders = () => ({ renderer: join(folder, 'renderer'), preload: '/preload.cjs', decoder: '/decoder.js' });
const pageFrame = { url: 'app://layerlab/index.html', parent: null };

async function started() {
  const fake = fakeElectron(folder);
  expect(await runShell(fake.electron, folders())).not.toBe(null);
  /** The bridge as the page has it: through the preload and the channels. */
  const bridge = preloadBridge({
    invoke: (channel: string, ...args: unknown[]) =>
      fake.handlers.get(channel)?.({ senderFrame: pageFrame }, ...args) ?? Promise.reject(new Error(channel)),
  } as never);
  return { fake, bridge };
}

describe('the life of the app', () => {
  test('registers the scheme before it is ready and locks everything before the page loads', async () => {
    const { fake } = await started();
    expect(fake.log).toEqual(['scheme app', 'ready', 'handle app', 'window', 'load app://layerlab/']);
    expect(fake.state.permissions.length).toBe(3);
    expect(fake.session.events()).toContain('will-download');
  });

  test('hands over to the instance that runs', async () => {
    const fake = fakeElectron(folder, { instance: false });
    expect(await runShell(fake.electron, folders())).toBe(null);
    expect(fake.log).toEqual(['quit']);
    const { fake: first } = await started();
    first.app.emit('second-instance');
    expect(first.log.slice(-2)).toEqual(['restore', 'focus']);
  });

  test('says why it cannot start', async () => {
    const fake = fakeElectron(folder);
    await runShell(fake.electron, { ...folders(), renderer: join(folder, 'documents') });
    expect(fake.log.at(-2)).toContain('index.html is missing');
    expect(fake.log.at(-1)).toBe('exit 1');
  });

  test('ends with its window', async () => {
    const { fake } = await started();
    fake.app.emit('window-all-closed');
    expect(fake.log.at(-1)).toBe('quit');
  });
});

describe('the window', () => {
  test('is sandboxed, isolated and without Node', async () => {
    const { fake } = await started();
    expect(fake.state.windowOptions?.webPreferences).toMatchObject({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s leads nowhere else', async (event) => {
    const { fake } = await started();
    const stopped = (url: string): boolean => {
      let prevented = false;
      fake.contents.emit(event, { url, preventDefault: () => (prevented = true) });
      return prevented;
    };
    for (const url of [
      'https://evil.com',
      'file:///etc/passwd',
      'app://evil/',
      'app://layerlab.evil.com/',
      'javascript:1',
      'about:blank',
      '',
    ]) {
      expect(stopped(url), url).toBe(true);
    }
    expect(stopped('app://layerlab/')).toBe(false);
  });

  test('opens no other, attaches no web view, grants nothing, downloads nothing', async () => {
    const { fake } = await started();
    expect(fake.contents.openHandler?.()).toEqual({ action: 'deny' });
    const prevented: string[] = [];
    fake.contents.emit('will-attach-webview', { preventDefault: () => prevented.push('webview') });
    fake.session.emit('will-download', { preventDefault: () => prevented.push('download') });
    expect(prevented).toEqual(['webview', 'download']);
    const [request, check, device] = fake.state.permissions;
    const decided: unknown[] = [];
    request?.(null, 'media', (granted: unknown) => decided.push(granted));
    expect([...decided, check?.(null, 'media'), device?.({})]).toEqual([false, false, false]);
  });

  test('asks before it closes with unsaved work', async () => {
    const { fake } = await started();
    const closes = (): boolean => {
      let prevented = false;
      fake.contents.emit('will-prevent-unload', { preventDefault: () => (prevented = true) });
      return prevented;
    };
    expect(closes()).toBe(false);
    fake.state.answers.close = 1;
    expect(closes()).toBe(true);
  });
});

describe('the page’s scheme', () => {
  test('answers from what was built, isolated, errors too', async () => {
    const { fake } = await started();
    const ask = (url: string, method = 'GET') => fake.state.page?.({ url, method }) as Response;
    const answers = [
      [ask('app://layerlab/'), 200, 'text/html; charset=utf-8'],
      [ask('app://layerlab/kernels.wasm'), 200, 'application/wasm'],
      [ask('app://layerlab/index.html', 'HEAD'), 200, 'text/html; charset=utf-8'],
      [ask('app://layerlab/../../etc/passwd'), 404, null],
      [ask('app://layerlab/%2e%2e/%2e%2e/etc/passwd'), 404, null],
      [ask('app://layerlab/..%5c..%5cetc'), 404, null],
      [ask('app://evil/'), 404, null],
      [ask('app://layerlab/', 'POST'), 405, null],
    ] as const;
    for (const [response, status, type] of answers) {
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe(type);
      for (const [name, value] of Object.entries(PAGE_HEADERS)) expect(response.headers.get(name)).toBe(value);
    }
    expect(await answers[0][0].text()).toContain('<!doctype html>');
  });
});

describe('the channels', () => {
  test('are one per verb, and nothing else', async () => {
    const { fake } = await started();
    expect([...fake.handlers.keys()].sort()).toEqual(VERBS.map(channelOf).sort());
  });

  test.each<readonly [string, unknown]>([
    ['a frame that is gone', null],
    ['another page', { url: 'https://evil.com/', parent: null }],
    ['a look-alike', { url: 'app://layerlab.evil.com/', parent: null }],
    ['a frame inside the page', { url: 'app://layerlab/', parent: pageFrame }],
  ])('refuse %s', async (_what, senderFrame) => {
    const { fake } = await started();
    for (const verb of VERBS) {
      await expect(fake.handlers.get(channelOf(verb))?.({ senderFrame }), verb).rejects.toThrow('Refused');
    }
  });

  test('refuse wrong arguments in words', async () => {
    const { bridge } = await started();
    const outcome = await bridge.openListedProject({ path: '/etc' } as never);
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'bridge/bad-argument' }] });
  });
});

describe('the preload', () => {
  test('offers the verbs and the menu’s commands, nothing else', () => {
    const bridge = preloadBridge({} as never);
    expect(Object.keys(bridge).sort()).toEqual([...VERBS, 'onMenuCommand', 'startDrag'].sort());
  });

  test('passes on known commands without their event, until told to stop', () => {
    const ipc = emitter();
    const removed: unknown[] = [];
    const bridge = preloadBridge({ on: ipc.on, off: (...args: unknown[]) => void removed.push(args) } as never);
    const heard: unknown[][] = [];
    const stop = bridge.onMenuCommand((...args) => void heard.push(args));
    for (const command of ['save', 'format-disk', '__proto__', { toString: () => 'save' }, undefined]) {
      ipc.emit(MENU_CHANNEL, { sender: 'secret' }, command);
    }
    expect(heard).toEqual([['save']]);
    stop();
    expect(removed.length).toBe(1);
  });
});

describe('the menu', () => {
  const flatten = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);

  test.each(['linux', 'darwin', 'win32'] as const)('on %s sends every command once', (platform) => {
    const sent: MenuCommand[] = [];
    const items = flatten(menuTemplate(platform, (command) => void sent.push(command)));
    for (const item of items) item.click?.({} as never, undefined, {} as never);
    expect([...sent].sort()).toEqual(Object.keys(MENU_COMMANDS).sort());
    const keys = items.flatMap((item) => item.accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    // A page whose fields could not be typed into would be the price of a registered Space.
    for (const item of items) if (item.click !== undefined) expect(item.registerAccelerator).toBe(false);
  });

  test('speaks to the page over its one channel', async () => {
    const { fake } = await started();
    const save = flatten(fake.state.menu ?? []).find((item) => item.label === 'Save');
    save?.click?.({} as never, undefined, {} as never);
    expect(fake.contents.sent).toEqual([[MENU_CHANNEL, 'save']]);
  });
});

describe('a file that is dragged out', () => {
  test('lies ready under its name before the drag, and goes with the app', async () => {
    const { fake, bridge } = await started();
    const staged = await bridge.stageExport(makeModel(), null, null);
    const offer = await bridge.offerExport(staged.ok ? staged.value : '', requestOf('csv'), 'weights');
    if (!offer.ok || offer.value.kind !== 'native') throw new Error('not offered');
    const dragged: { file: string; icon: unknown }[] = [];
    const sender = { startDrag: (item: (typeof dragged)[number]) => void dragged.push(item) };
    const drag = (senderFrame: unknown, handle: unknown) =>
      fake.ipc.emit(DRAG_CHANNEL, { senderFrame, sender }, handle);
    drag(pageFrame, 'guess');
    drag(pageFrame, { path: '/etc/passwd' });
    drag({ url: 'https://evil.com/', parent: null }, offer.value.handle);
    expect(dragged).toEqual([]);
    preloadBridge({
      send: (channel: string, handle: string) => channel === DRAG_CHANNEL && drag(pageFrame, handle),
    } as never).startDrag(offer.value.handle);
    const [{ file, icon } = { file: '', icon: null }] = dragged;
    expect(basename(file)).toBe('weights.csv');
    expect(icon).toEqual({ of: file });
    expect(Buffer.compare(await readFile(file), await exportedBytes('csv', makeModel()))).toBe(0);
    fake.app.emit('will-quit');
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});

describe('native dialogs', () => {
  const project = () => makeProject();
  const request = {
    kind: 'project',
    format: null,
    suggestedName: 'a/b: penguins',
    name: null,
    replace: false,
  } as const;

  async function save(bridge: DesktopApi): Promise<unknown> {
    const target = await bridge.chooseSaveTarget(request);
    if (!target.ok || target.value === null) return target;
    return bridge.saveProject(target.value.handle, project());
  }

  test('decide where a project goes; it is opened from there and is among the recent ones', async () => {
    const { fake, bridge } = await started();
    const path = join(folder, 'documents', 'mine.layerlab');
    fake.state.answers.save = path;
    expect(await save(bridge)).toMatchObject({ ok: true, value: { label: 'mine.layerlab' } });
    expect(fake.state.shown[0]?.defaultPath).toBe(join(folder, 'documents', 'a b penguins.layerlab'));
    fake.state.answers.open = [path];
    expect(await bridge.chooseProject()).toMatchObject({ ok: true, value: { name: 'mine', project: project() } });
    const listed = await bridge.listProjects();
    expect(listed).toMatchObject({ ok: true, value: [{ name: 'mine' }] });
    expect(await bridge.openListedProject(listed.ok ? (listed.value[0]?.handle ?? '') : '')).toMatchObject({
      ok: true,
    });
    expect(JSON.stringify(listed)).not.toContain(folder);
  });

  test('that are cancelled do nothing', async () => {
    const { bridge } = await started();
    expect(await bridge.chooseSaveTarget(request)).toEqual({ ok: true, value: null });
    expect(await bridge.chooseProject()).toEqual({ ok: true, value: null });
    expect(await bridge.listProjects()).toEqual({ ok: true, value: [] });
  });

  test('add a missing ending, but never over a file that they have not asked about', async () => {
    const { fake, bridge } = await started();
    fake.state.answers.save = join(folder, 'documents', 'mine');
    expect(await save(bridge)).toMatchObject({ ok: true, value: { label: 'mine.layerlab' } });
    const before = await readFile(join(folder, 'documents', 'mine.layerlab'));
    expect(await save(bridge)).toMatchObject({ ok: false, problems: [{ code: 'save/exists' }] });
    expect((await readFile(join(folder, 'documents', 'mine.layerlab'))).equals(before)).toBe(true);
    expect(await readdir(join(folder, 'documents'))).toEqual(['mine.layerlab']);
  });

  test('a spoilt or missing list of recent projects is an empty one', async () => {
    const { bridge } = await started();
    for (const text of ['', '{', '{"a":1}', '[1,null]']) {
      await writeFile(join(folder, 'userData', 'recent.json'), text);
      expect(await bridge.listProjects(), text).toEqual({ ok: true, value: [] });
    }
  });
});
