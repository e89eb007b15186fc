import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesktopApi } from '../bridge';
import { PAGE_HEADERS } from '../page-files';
import { VERBS } from '../verbs';
import { decodeMessage, encodeMessage } from '../message-bytes';
import { CONTENT_TYPE, TOKEN_HEADER, WINDOW_HEADER } from './protocol';
import { startLocalShell, type LocalShell } from './server';

let folder: string;
let shell: LocalShell;
let token: string;
let now = 0;
const ran: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-shell-'));
  const page = join(folder, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Layerlab</title>');
  await writeFile(join(page, 'assets', 'app.js'), 'export {};');
  await writeFile(join(page, 'assets', 'kernels.wasm'), new Uint8Array([0, 0x61, 0x73, 0x6d]));
  await writeFile(join(page, 'notes.secret'), 'not a kind of file that pages have');
  await writeFile(join(folder, 'outside.js'), 'outside');
  await symlink(join(folder, 'outside.js'), join(page, 'link.js'));
  const note = (verb: string) => () => Promise.resolve(void ran.push(verb));
  const services = Object.fromEntries(VERBS.map((verb) => [verb, note(verb)])) as unknown as DesktopApi;
  shell = await startLocalShell({
    rendererFolder: page,
    projectsFolder: folder,
    appFolder: join(folder, 'app'),
    port: 0,
    services: {
      ...services,
      about: () => (ran.push('about'), Promise.resolve({ seen: new Float32Array([-0, NaN]) } as never)),
    },
    now: () => now,
    largestBodyBytes: 100_000,
  });
  const traded = await trade(codeOf(shell.url));
  token = (decodeMessage(traded.body) as { token: string }).token;
});
afterAll(async () => {
  await shell.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => void (ran.length = 0));

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

type HeaderSpec = Readonly<Record<string, string | undefined>>;

/** Sends exactly these headers; undefined leaves one out. */
function send(method: string, path: string, headers: HeaderSpec, body?: Uint8Array): Promise<Answer> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return new Promise((done, failed) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: shell.port,
        method,
        path,
        headers: Object.fromEntries(given),
        setHost: false,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
        response.on('error', failed);
      },
    );
    request.on('error', failed);
    request.end(body);
  });
}

const host = () => `127.0.0.1:${shell.port}`;
const origin = () => `http://${host()}`;
const codeOf = (url: string) => new URL(url).searchParams.get('code') ?? '';
const honest = (): HeaderSpec => ({
  host: host(),
  origin: origin(),
  'sec-fetch-site': 'same-origin',
  'content-type': CONTENT_TYPE,
  [TOKEN_HEADER]: token,
  [WINDOW_HEADER]: 'a-window',
});
const call = (verb: string, headers: HeaderSpec = honest(), args: unknown = []) =>
  send('POST', `/api/${verb}`, headers, encodeMessage(args));
const trade = (code: unknown, headers: HeaderSpec = honest()) =>
  send('POST', '/session', headers, encodeMessage({ code }));

function expectRefused({ status, headers, body }: Answer, what: string): void {
  expect(status, what).toBeGreaterThanOrEqual(400);
  expect(status, what).toBeLessThan(500);
  expect(body.length, what).toBe(0);
  expectPageHeaders(headers, what);
  expect(ran, what).toEqual([]);
}

function expectPageHeaders(headers: IncomingHttpHeaders, what: string): void {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) expect(headers[name], `${what}: ${name}`).toBe(value);
  const cors = Object.keys(headers).filter((name) => name.startsWith('access-control'));
  expect(cors, what).toEqual([]);
}

describe('the page', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?code=used', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/app.js', 'text/javascript; charset=utf-8'],
    ['/assets/kernels.wasm', 'application/wasm'],
  ])('%s is served isolated', async (path, type) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(method, path, { host: host(), 'sec-fetch-site': 'none' });
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe(type);
      expectPageHeaders(answer.headers, path);
      expect(answer.body.length > 0).toBe(method === 'GET');
    }
  });

  test.each([
    '/missing.js',
    '/notes.secret',
    '/link.js',
    '/../outside.js',
    '/assets/../../outside.js',
    '/%2e%2e/outside.js',
    '/..%2foutside.js',
    '/..%5coutside.js',
    '/..\\outside.js',
    '/....//outside.js',
    '//etc/passwd',
    '/etc/passwd%00.js',
    '/assets/%00app.js',
    '/file:///etc/passwd',
    '/__proto__',
    '/constructor',
    '/api',
    'http://evil.com/index.html',
    '*',
  ])('%s is not found', async (path) => {
    expectRefused(await send('GET', path, { host: host() }), path);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s on a file is refused', async (method) => {
    expectRefused(await send(method, '/index.html', honest()), method);
  });
});

describe('a call', () => {
  test('with everything right is answered, every bit of it', async () => {
    const answer = await call('about');
    expect(answer.status).toBe(200);
    expectPageHeaders(answer.headers, 'about');
    const { seen } = decodeMessage(answer.body) as { seen: Float32Array };
    expect([Object.is(seen[0], -0), Number.isNaN(seen[1])]).toEqual([true, true]);
    expect(ran).toEqual(['about']);
  });

  const routes = [
    '/',
    '/index.html',
    '/assets/app.js',
    '/session',
    ...VERBS.map((verb) => `/api/${verb}`),
    '/api/none',
  ];
  const badHosts = (): HeaderSpec[] =>
    [
      'evil.com',
      `evil.com:${shell.port}`,
      `127.0.0.1.evil.com:${shell.port}`,
      `localhost.evil.com:${shell.port}`,
      `localhost:${shell.port}`,
      '127.0.0.1',
      `127.0.0.1:${shell.port + 1}`,
      `${host()}.`,
      '',
      undefined,
    ].map((bad) => ({ ...honest(), host: bad }));
  const badOrigins = (): HeaderSpec[] =>
    [
      'http://evil.com',
      'null',
      '',
      `http://127.0.0.1:${shell.port + 1}`,
      `http://localhost:${shell.port}`,
      `https://${host()}`,
      `${origin()}.evil.com`,
      `${origin()}/`,
    ].map((bad) => ({ ...honest(), origin: bad }));
  const badSites = (): HeaderSpec[] =>
    ['cross-site', 'same-site', 'nonsense', ''].map((bad) => ({ ...honest(), 'sec-fetch-site': bad }));

  test.each(routes)('%s is refused from anywhere else, before any service runs', async (route) => {
    for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT']) {
      for (const headers of [...badHosts(), ...badOrigins(), ...badSites()]) {
        const what = `${method} ${route} ${JSON.stringify(headers)}`;
        expectRefused(await send(method, route, headers, method === 'POST' ? encodeMessage([]) : undefined), what);
      }
    }
    const withoutOrigin = { ...honest(), origin: undefined };
    expectRefused(await send('POST', route, withoutOrigin, encodeMessage([])), `${route} without Origin`);
    const typed = { ...honest(), 'sec-fetch-site': 'none' };
    expectRefused(await send('POST', route, typed, encodeMessage([])), `${route} from the address bar`);
  });

  test.each(VERBS)('of %s needs the token, whole and right', async (verb) => {
    const wrong = [
      undefined,
      '',
      token.slice(0, -1),
      `${token}x`,
      token.toUpperCase(),
      'x'.repeat(token.length),
      `${token}, ${token}`,
    ];
    for (const bad of wrong) {
      const answer = await call(verb, { ...honest(), [TOKEN_HEADER]: bad });
      expect(answer.status).toBe(401);
      expectRefused(answer, `${verb} with token ${bad}`);
    }
    const inCookie = { ...honest(), [TOKEN_HEADER]: undefined, cookie: `${TOKEN_HEADER}=${token}` };
    expectRefused(await call(verb, inCookie), 'cookie');
    const inQuery = await send('POST', `/api/${verb}?${TOKEN_HEADER}=${token}`, {
      ...honest(),
      [TOKEN_HEADER]: undefined,
    });
    expectRefused(inQuery, 'query');
  });

  test('of no window is refused', async () => {
    for (const window of [undefined, '', 'short', '../../etc/passwd', 'x'.repeat(65)]) {
      expectRefused(await call('about', { ...honest(), [WINDOW_HEADER]: window }), String(window));
    }
  });

  test('with two Hosts or two Origins is refused', async () => {
    const lines = (extra: string) =>
      `POST /api/about HTTP/1.1\r\nHost: ${host()}\r\nOrigin: ${origin()}\r\n${extra}\r\nContent-Type: ${CONTENT_TYPE}\r\n${TOKEN_HEADER}: ${token}\r\n${WINDOW_HEADER}: a-window\r\nContent-Length: 1\r\nConnection: close\r\n\r\n\x90`;
    expect(await sendRaw(lines('X: y'))).toContain('HTTP/1.1 200');
    ran.length = 0;
    for (const extra of ['Host: evil.com', `Host: ${host()}`, 'Origin: http://evil.com', `Origin: ${origin()}`]) {
      expect(await sendRaw(lines(extra)), extra).toMatch(/^HTTP\/1.1 40[03]/);
      expect(ran).toEqual([]);
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '', undefined])(
    'of the type %s, which a form could send, is refused',
    async (type) => {
      expectRefused(await call('about', { ...honest(), 'content-type': type }), String(type));
    },
  );

  test.each(['none', '', 'about/', 'About', 'toString', '__proto__', '../session', 'about%00'])(
    'of the unknown verb %j is refused',
    async (verb) => {
      expectRefused(await call(verb), verb);
    },
  );

  test('by GET is refused', async () => {
    expectRefused(await send('GET', '/api/about', honest()), 'GET');
  });

  test('with a body that is no message is refused', async () => {
    for (const body of [
      new Uint8Array(0),
      new Uint8Array([0xc1]),
      new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from('{}}'),
    ]) {
      expectRefused(await send('POST', '/api/about', honest(), body), String([...body]));
    }
  });

  test('with wrong arguments is answered in words', async () => {
    const answer = await call('openListedProject', honest(), [{ path: '/etc/passwd' }]);
    expect(decodeMessage(answer.body)).toMatchObject({ ok: false, problems: [{ code: 'bridge/bad-argument' }] });
    expect(ran).toEqual([]);
  });

  test('that is too large is refused, announced or not', async () => {
    const announced = { ...honest(), 'content-length': '10000000000' };
    expect(await sendRaw(rawCall(announced))).toContain('HTTP/1.1 413');
    const chunk = `ffff\r\n${'x'.repeat(0xffff)}\r\n`;
    expect(await sendRaw(rawCall({ ...honest(), 'transfer-encoding': 'chunked' }) + chunk.repeat(3))).toContain(
      'HTTP/1.1 413',
    );
    expect(ran).toEqual([]);
  });

  test.each([
    '\x16\x03\x01',
    'GET\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    'GET / HTTP/9.9\r\n\r\n',
  ])('that is no HTTP ends with an isolated refusal (%#)', async (text) => {
    const answer = await sendRaw(text);
    expect(answer).toContain('HTTP/1.1 4');
    expect(answer).toContain('cross-origin-embedder-policy: require-corp');
  });

  test('that expects what nobody does is refused', async () => {
    expectRefused(await call('about', { ...honest(), expect: 'miracle' }), 'Expect');
  });
});

describe('the code of an address', () => {
  test('works once', async () => {
    const code = codeOf(shell.newUrl());
    expect((await trade(code)).status).toBe(200);
    expect((await trade(code)).status).toBe(401);
  });

  test('works only for its time', async () => {
    const code = codeOf(shell.newUrl());
    now += 30_001;
    expectRefused(await trade(code), 'late');
    const inTime = codeOf(shell.newUrl());
    now += 30_000;
    expect((await trade(inTime)).status).toBe(200);
  });

  test('cannot be guessed or shortened', async () => {
    const code = codeOf(shell.newUrl());
    expect(Buffer.from(code, 'base64url').length).toBe(32);
    for (const wrong of ['', code.slice(1), `${code}x`, null, undefined, 7, [code], { code }]) {
      expectRefused(await trade(wrong), JSON.stringify(wrong));
    }
    expect((await trade(code)).status).toBe(200);
  });

  test('gives each window a token of its own, good for calls', async () => {
    const { token: second } = decodeMessage((await trade(codeOf(shell.newUrl()))).body) as { token: string };
    expect(second).not.toBe(token);
    expect((await call('about', { ...honest(), [TOKEN_HEADER]: second })).status).toBe(200);
    expect((await call('about')).status).toBe(200);
  });
});

describe('the port', () => {
  test('is named where it is taken', async () => {
    const taken = startLocalShell({
      rendererFolder: join(folder, 'page'),
      projectsFolder: folder,
      appFolder: folder,
      port: shell.port,
    });
    await expect(taken).rejects.toThrow(`Port ${shell.port} is taken`);
  });

  test('is another one where the usual is taken', async () => {
    const options = { rendererFolder: join(folder, 'page'), projectsFolder: folder, appFolder: folder };
    const [first, second] = [await startLocalShell(options), await startLocalShell(options)];
    expect(second.port).not.toBe(first.port);
    await Promise.all([first.close(), second.close()]);
  });

  test('is not opened without a built page', async () => {
    await expect(
      startLocalShell({ rendererFolder: folder, projectsFolder: folder, appFolder: folder }),
    ).rejects.toThrow('index.html');
  });
});

const rawCall = (headers: HeaderSpec) =>
  `POST /api/about HTTP/1.1\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n`;

/** Sends text as it is and gives back what comes until the server hangs up. */
function sendRaw(text: string): Promise<string> {
  return new Promise((done) => {
    const socket = connect(shell.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined); // a refused sender may be cut off while it still writes
    socket.on('close', () => done(answer));
    socket.write(text, 'latin1');
  });
}

describe('a window', () => {
  const attend = (headers: HeaderSpec = honest()): Promise<{ status: number; end: () => void }> =>
    new Promise((accept, reject) => {
      const asked = httpRequest(
        { host: '127.0.0.1', port: shell.port, path: '/attend', method: 'POST', headers: cleaned(headers) },
        (answer) => accept({ status: answer.statusCode ?? 0, end: () => void answer.destroy() }),
      );
      asked.on('error', reject);
      asked.end();
    });
  const cleaned = (headers: HeaderSpec) =>
    Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<string, string>;

  test('is there for as long as its page is, and no other one takes its name meanwhile', async () => {
    const first = await attend();
    expect(first.status).toBe(200);
    expect((await attend()).status).toBe(409);
    const other = await attend({ ...honest(), [WINDOW_HEADER]: 'another-window' });
    expect(other.status).toBe(200);
    first.end();
    other.end();
    await expect.poll(async () => (await attend()).status).toBe(200);
  });

  test('without a token is not let in', async () => {
    expect((await attend({ ...honest(), [TOKEN_HEADER]: undefined })).status).toBe(401);
  });
});
