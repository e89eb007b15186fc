import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DesktopApi } from '../bridge';
import { createDecoder, type Decoder } from '../decode/decoder';
import { nodeDecoder } from '../decode/node-child';
import { systemErrorCode } from '../file-problems';
import { decodeMessage, encodeMessage } from '../message-bytes';
import { loadPageFiles, PAGE_HEADERS, type PageFile } from '../page-files';
import { openKeep } from '../keep/keep';
import { answer } from '../validate';
import { isVerb } from '../verbs';
import { Downloads, DOWNLOAD_ROUTE } from './downloads';
import { Attendance } from './attendance';
import { folderPlaces } from './folder-places';
import { refuseForeign } from './gate';
import {
  API_ROUTE,
  ATTEND_ROUTE,
  CODE_PARAMETER,
  CONTENT_TYPE,
  LARGEST_BODY_BYTES,
  SESSION_ROUTE,
  TOKEN_HEADER,
  WINDOW_HEADER,
} from './protocol';
import { Sessions } from './sessions';

/** Always tried first: another port is another origin, where the browser finds nothing of what the page stored. */
export const DEFAULT_PORT = 41_715;

/** A browser opens six connections; the rest is someone else's. */
const MOST_CONNECTIONS = 64;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 120_000;
const MOST_HEADER_BYTES = 16 * 1024;
const CODE_LIFE_MS = 30_000;
/** What is under way when the service ends may take so long. */
const LONGEST_END_MS = 3_000;
const SETTLING_MS = 100;
/** A code is short; nobody may send more before there is a token. */
const LARGEST_SESSION_BYTES = 1_000;

export interface LocalShellOptions {
  /** The built page. */
  readonly rendererFolder: string;
  /** Where projects and exports go; made on the first save. */
  readonly projectsFolder: string;
  /** The application's own, where work is kept that no project file holds yet. */
  readonly appFolder: string;
  /** Exactly this port; 0 for any; left out, {@link DEFAULT_PORT} if free. */
  readonly port?: number;
  /** How long the code of an address works. */
  readonly codeLifeMs?: number;
  /** Told each time a page has traded its code: that address is spent. */
  readonly onOpened?: () => void;
  /** For tests. */
  readonly services?: DesktopApi;
  /** Reads what strangers sent; left out, in processes of their own. */
  readonly decoder?: Decoder;
  readonly now?: () => number;
  readonly largestBodyBytes?: number;
}

export interface LocalShell {
  /** Opens the app once; see {@link newUrl}. */
  readonly url: string;
  readonly port: number;
  /** A fresh address with a code of its own, for another window. */
  newUrl(): string;
  close(): Promise<void>;
}

/** What answering a request needs to know. */
interface Context {
  readonly port: number;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly attendance: Attendance;
  readonly sessions: Sessions;
  readonly downloads: Downloads;
  readonly largestBodyBytes: number;
  readonly onOpened: () => void;
}

/** A request that is turned away: the status is all it learns. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number) {
    super(STATUS_CODES[status]);
    this.status = status;
  }
}

/**
 * Serves the app to a plain browser window on this machine: the built page, and the services behind a token.
 * @throws Error if the page is not built or the port is taken
 */
export async function startLocalShell(options: LocalShellOptions): Promise<LocalShell> {
  const files = await loadPageFiles(options.rendererFolder);
  const sessions = new Sessions(options.now);
  const downloads = new Downloads();
  const places = folderPlaces(options.projectsFolder, downloads);
  const decoder = options.decoder ?? createDecoder(nodeDecoder());
  const attendance = new Attendance(openKeep(options.appFolder), places, decoder, options.services ?? null);
  const server = createServer({
    requireHostHeader: false, // refused by the gate, with all headers
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: HEADERS_TIMEOUT_MS / 2,
    maxHeaderSize: MOST_HEADER_BYTES,
  });
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, options.port);
  const context: Context = {
    port,
    files,
    attendance,
    sessions,
    downloads,
    largestBodyBytes: options.largestBodyBytes ?? LARGEST_BODY_BYTES,
    onOpened: options.onOpened ?? (() => undefined),
  };
  const underWay = new Set<Promise<void>>();
  server.on('request', (request, response) => {
    const handled = handle(request, response, context).finally(() => underWay.delete(handled));
    underWay.add(handled);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => refuse(request, response, 417));
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end(rawRefusal(400));
    else socket.destroy();
  });
  const newUrl = (): string => {
    const code = sessions.issueCode(options.codeLifeMs ?? CODE_LIFE_MS);
    return `http://127.0.0.1:${port}/?${CODE_PARAMETER}=${code}`;
  };
  return {
    url: newUrl(),
    port,
    newUrl,
    async close() {
      const closed = new Promise<void>((done) => void server.close(() => done()));
      // A window that closes says farewell at the very end: what it asked for is done.
      await Promise.race([Promise.allSettled([...underWay]), new Promise((done) => setTimeout(done, LONGEST_END_MS))]);
      // The connections of a browser that has just ended are seen to close a moment later.
      await new Promise((done) => setTimeout(done, SETTLING_MS));
      await attendance.endTheGone();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, wanted: number | undefined): Promise<number> {
  const tryPort = (port: number): Promise<number> =>
    new Promise((done, failed) => {
      server.once('error', failed);
      server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
        server.off('error', failed);
        done((server.address() as AddressInfo).port);
      });
    });
  try {
    return await tryPort(wanted ?? DEFAULT_PORT);
  } catch (error) {
    const taken = systemErrorCode(error);
    if (taken !== 'EADDRINUSE' && taken !== 'EACCES') throw error;
    if (wanted === undefined) return tryPort(0);
    throw new Error(`Port ${wanted} is taken. Choose another one, or 0 for any.`, { cause: error });
  }
}

async function handle(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  try {
    const isCall = request.method !== 'GET' && request.method !== 'HEAD';
    const refused = refuseForeign(request, context.port, isCall ? 'call' : 'page');
    if (refused !== null) throw new Refusal(refused);
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path === SESSION_ROUTE) await openSession(request, response, context);
    else if (path === ATTEND_ROUTE) attend(request, response, context);
    else if (path.startsWith(API_ROUTE)) await call(request, response, context, path.slice(API_ROUTE.length));
    else if (path.startsWith(DOWNLOAD_ROUTE)) await sendDownload(request, response, context.downloads, path);
    else sendFile(request, response, context.files.get(path));
  } catch (error) {
    refuse(request, response, error instanceof Refusal ? error.status : 500);
  }
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: PageFile | undefined): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405);
  if (file === undefined) throw new Refusal(404);
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': file.contentType,
    'content-length': file.bytes.length,
    'cache-control': 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

/** A file that is dragged out of the page, once. */
async function sendDownload(
  request: IncomingMessage,
  response: ServerResponse,
  downloads: Downloads,
  path: string,
): Promise<void> {
  if (request.method !== 'GET') throw new Refusal(405);
  const file = downloads.take(path);
  const bytes = file === null ? null : await file.read();
  if (file === null || bytes === null || !bytes.ok) throw new Refusal(404);
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-length': bytes.value.length,
    'cache-control': 'no-store',
  });
  response.end(bytes.value);
}

async function openSession(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  requirePost(request);
  const body = await readMessage(request, LARGEST_SESSION_BYTES);
  const code = typeof body === 'object' && body !== null && CODE_PARAMETER in body ? body[CODE_PARAMETER] : null;
  const token = context.sessions.redeem(code);
  if (token === null) throw new Refusal(401);
  sendMessage(response, { token });
  context.onOpened();
}

async function call(request: IncomingMessage, response: ServerResponse, context: Context, verb: string): Promise<void> {
  if (!context.sessions.accepts(request.headers[TOKEN_HEADER])) throw new Refusal(401);
  if (!isVerb(verb)) throw new Refusal(404);
  requirePost(request);
  const services = context.attendance.servicesOf(windowOf(request));
  const args = await readMessage(request, context.largestBodyBytes);
  sendMessage(response, await answer(services, verb, args));
}

/** Tells at once that the window is known, and ends with its page: the answer has no end of its own. */
function attend(request: IncomingMessage, response: ServerResponse, { sessions, attendance }: Context): void {
  if (!sessions.accepts(request.headers[TOKEN_HEADER])) throw new Refusal(401);
  requirePost(request);
  const window = windowOf(request);
  if (!attendance.enter(window)) throw new Refusal(409);
  response.on('close', () => void attendance.leave(window));
  request.resume();
  response.writeHead(200, { ...PAGE_HEADERS, 'content-type': CONTENT_TYPE, 'cache-control': 'no-store' });
  response.flushHeaders();
}

function windowOf(request: IncomingMessage): string {
  const window = request.headers[WINDOW_HEADER];
  if (typeof window === 'string' && /^[\w-]{8,64}$/.test(window)) return window;
  throw new Refusal(400);
}

function requirePost(request: IncomingMessage): void {
  if (request.method !== 'POST') throw new Refusal(405);
  if (request.headers['content-type'] !== CONTENT_TYPE) throw new Refusal(415);
}

async function readMessage(request: IncomingMessage, most: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw new Refusal(413);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw new Refusal(413);
    chunks.push(chunk);
  }
  try {
    return decodeMessage(Buffer.concat(chunks));
  } catch {
    throw new Refusal(400);
  }
}

function sendMessage(response: ServerResponse, value: unknown): void {
  const bytes = encodeMessage(value);
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': CONTENT_TYPE,
    'content-length': bytes.length,
    'cache-control': 'no-store',
  });
  response.end(bytes);
}

/** No body, no reason, and the connection ends: whatever else it meant to send is not read. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'content-length': 0,
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(() => request.destroy());
}

/** For what never became a request. */
function rawRefusal(status: number): string {
  const headers = { ...PAGE_HEADERS, 'content-length': '0', connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n`;
}
