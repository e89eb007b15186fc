import type { CustomScheme } from 'electron';
import { PAGE_HEADERS, type PageFile } from '../page-files';

const SCHEME = 'app';
const HOST = 'layerlab';

/** Where the page lives: an origin of its own, unlike a file: address, and always the same one. */
export const PAGE_URL = `${SCHEME}://${HOST}/`;

interface ProtocolLike {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void;
  handle(scheme: string, handler: (request: { readonly url: string; readonly method: string }) => Response): void;
}

/** Must run once, before the app is ready. */
export function registerScheme(protocol: Pick<ProtocolLike, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers every request of the page out of the built files; nothing else can be reached. */
export function handlePage(protocol: Pick<ProtocolLike, 'handle'>, files: ReadonlyMap<string, PageFile>): void {
  protocol.handle(SCHEME, ({ url, method }) => answerPage(files, url, method));
}

function answerPage(files: ReadonlyMap<string, PageFile>, url: string, method: string): Response {
  const { host, pathname } = new URL(url);
  if (method !== 'GET' && method !== 'HEAD') return refuse(405);
  const file = host === HOST ? files.get(pathname) : undefined;
  if (file === undefined) return refuse(404);
  return new Response(method === 'HEAD' ? null : file.bytes, {
    headers: { ...PAGE_HEADERS, 'content-type': file.contentType },
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: PAGE_HEADERS });
}

/** Whether an address is the page itself or a part of it. */
export function isPageUrl(url: string): boolean {
  return url.startsWith(PAGE_URL);
}
