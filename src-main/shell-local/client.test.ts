import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesktopApi } from '../bridge';
import { decoderHere } from '../testing/decoders';
import { exportedBytes, requestOf } from '../testing/exports';
import { makeModel, makeProject } from '../testing/models';
import { createLocalBridge, type LocalPage } from './client';
import { decodeMessage, encodeMessage } from '../message-bytes';
import { startLocalShell, type LocalShell } from './server';

let folder: string;
let shell: LocalShell;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-client-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  shell = await startLocalShell({
    rendererFolder: folder,
    projectsFolder: join(folder, 'projects'),
    appFolder: join(folder, 'app'),
    decoder: decoderHere,
    port: 0,
  });
});
afterEach(async () => {
  await shell.close();
  await rm(folder, { recursive: true });
});

/** A tab as the client sees it: an address, a storage that survives a reload, and fetch as a browser sends it. */
function openTab(
  url: string,
  storage = new Map<string, string>(),
): { url: string; storage: typeof storage; page: LocalPage } {
  const tab = { url, storage };
  const page: LocalPage = {
    location: {
      get href() {
        return tab.url;
      },
    },
    history: { replaceState: (_data, _unused, next) => void (tab.url = new URL(next, tab.url).href) },
    sessionStorage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
    },
    fetch: (route, init) =>
      fetch(new URL(route, tab.url), { ...init, headers: { ...init.headers, origin: new URL(tab.url).origin } }),
  };
  return Object.assign(tab, { page });
}

describe('the bridge of a page', () => {
  test('saves, lists, opens and exports over loopback, every bit intact', async () => {
    const bridge = createLocalBridge(openTab(shell.url).page);
    expect(await bridge.about()).toMatchObject({ shell: 'local', saving: 'folder', folder: join(folder, 'projects') });
    const bytes = new Uint8Array([0, 255]);
    const project = makeProject(makeModel(), [{ name: '__proto__', role: 'data', bytes }]);
    const request = { kind: 'project' as const, format: null, suggestedName: '', name: 'mine', replace: false };
    const target = await bridge.chooseSaveTarget(request);
    if (!target.ok || target.value === null) throw new Error('no target');
    expect(await bridge.saveProject(target.value.handle, project)).toMatchObject({ ok: true });
    const listed = await bridge.listProjects();
    const opened = await bridge.openListedProject(listed.ok ? (listed.value[0]?.handle ?? '') : '');
    expect(opened).toMatchObject({ ok: true, value: { project, name: 'mine' } });
    const again = await bridge.chooseSaveTarget(request);
    expect(again).toMatchObject({ ok: false, problems: [{ code: 'save/exists' }] });
    const chosen = await bridge.chooseSaveTarget({ ...request, kind: 'export', format: 'onnx' });
    const staged = await bridge.stageExport(project.model, null, null);
    const [to, what] = [chosen.ok ? (chosen.value?.handle ?? '') : '', staged.ok ? staged.value : ''];
    expect(await bridge.exportModel(to, what, requestOf('onnx'))).toMatchObject({ ok: true });
    await bridge.releaseExport(what);
    expect((await readdir(join(folder, 'projects'))).sort()).toEqual(['mine.layerlab', 'mine.onnx']);
  });

  test('takes the code out of the address, and goes on after a reload', async () => {
    const tab = openTab(`${shell.url}&view=curves#maths`);
    await createLocalBridge(tab.page).about();
    expect(tab.url).toBe(`http://127.0.0.1:${shell.port}/?view=curves#maths`);
    expect(await createLocalBridge(openTab(tab.url, tab.storage).page).about()).toMatchObject({ shell: 'local' });
  });

  test('says what to do where the address was used before', async () => {
    await createLocalBridge(openTab(shell.url).page).about();
    const late = createLocalBridge(openTab(shell.url).page);
    expect(await late.listProjects()).toMatchObject({ ok: false, problems: [{ code: 'bridge/no-session' }] });
    await expect(late.about()).rejects.toThrow('newest address');
  });

  test('says what to do where the service has ended', async () => {
    const bridge = createLocalBridge(openTab(shell.url).page);
    await bridge.about();
    await shell.close();
    expect(await bridge.listProjects()).toMatchObject({ ok: false, problems: [{ code: 'bridge/unreachable' }] });
  });

  test('takes a new code although an old token is kept', async () => {
    const storage = new Map([['layerlab-token', 'of a server that has ended']]);
    expect(await createLocalBridge(openTab(shell.url, storage).page).about()).toMatchObject({ shell: 'local' });
  });
});

describe('a file that is dragged out', () => {
  async function offered(): Promise<{ readonly bridge: DesktopApi; readonly staged: string; readonly url: URL }> {
    const bridge = createLocalBridge(openTab(shell.url).page);
    const staged = await bridge.stageExport(makeModel(), null, null);
    if (!staged.ok) throw new Error('not staged');
    const offer = await bridge.offerExport(staged.value, requestOf('csv'), 'wéights');
    if (!offer.ok || offer.value.kind !== 'download') throw new Error('not offered');
    return { bridge, staged: staged.value, url: new URL(offer.value.path, shell.url) };
  }

  test('is fetched once, without a token, as what an export would write', async () => {
    const { url } = await offered();
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''w%C3%A9ights.csv");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(Buffer.compare(bytes, await exportedBytes('csv', makeModel()))).toBe(0);
    expect((await fetch(url)).status).toBe(404);
  });

  test('is there for nobody else', async () => {
    const { url } = await offered();
    expect((await fetch(url, { headers: { origin: 'https://evil.com' } })).status).toBe(403);
    expect((await fetch(new URL('/download/guess/weights.csv', url))).status).toBe(404);
    expect((await fetch(url, { method: 'POST', headers: { origin: url.origin } })).status).toBe(405);
    expect((await fetch(url)).status).toBe(200);
  });

  test('is gone with its model', async () => {
    const { bridge, staged, url } = await offered();
    await bridge.releaseExport(staged);
    expect((await fetch(url)).status).toBe(404);
  });
});

describe('messages', () => {
  test('carry plain data and typed arrays to the bit', () => {
    const leaf = fc.oneof(
      fc.double(),
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      fc.constant(null),
      fc.float32Array(),
      fc.float64Array(),
      fc.uint8Array(),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree')),
        fc.dictionary(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('__proto__')), tie('tree'), {
          noNullPrototype: true,
        }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(decodeMessage(encodeMessage(value))).toEqual(value);
      }),
    );
  });

  test('hold −0, and arrays of their own', () => {
    const back = decodeMessage(encodeMessage({ zero: -0, bytes: new Uint8Array(3) })) as {
      zero: number;
      bytes: Uint8Array;
    };
    expect(Object.is(back.zero, -0)).toBe(true);
    expect(back.bytes.buffer.byteLength).toBe(3);
  });

  test('do not change prototypes', () => {
    const record = JSON.parse('{"__proto__":{"polluted":true}}') as object;
    const back = decodeMessage(encodeMessage(record)) as Record<string, unknown>;
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(back['polluted']).toBe(undefined);
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined);
  });
});
