import { fail, ProblemError, type Problem } from '../../src-worker/problem';
import type { DesktopApi } from '../bridge';
import { decodeMessage, encodeMessage } from '../message-bytes';
import { bridgeOver, type Verb } from '../verbs';
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

/** The few things of a browser page that the client needs; its globals have them. */
export interface LocalPage {
  readonly location: { readonly href: string };
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
  readonly sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  fetch(
    url: string,
    init: { method: 'POST'; headers: Record<string, string>; body: Blob | Uint8Array<ArrayBuffer>; keepalive: boolean },
  ): Promise<{ readonly status: number; arrayBuffer(): Promise<ArrayBuffer> }>;
}

const TOKEN_KEY = 'layerlab-token';
const WINDOW_KEY = 'layerlab-window';

/** Verbs that answer with plain values: only they throw what went wrong on the way. */
const PLAIN_VERBS: ReadonlySet<Verb> = new Set<Verb>(['about', 'listExportFormats', 'releaseExport', 'cancelDecoding']);

/** Said while the page goes: the request outlives it. */
const LAST_WORDS: Verb = 'endSession';

const UNREACHABLE: Problem = {
  code: 'bridge/unreachable',
  message: 'Layerlab’s service does not answer: it was probably ended.',
  hint: 'Start Layerlab again. What is in this window is still here.',
};
const NO_SESSION: Problem = {
  code: 'bridge/no-session',
  message: 'This window is not connected to Layerlab’s service: its address was used before or is too old.',
  hint: 'Open the newest address that Layerlab printed, or start it again.',
};
const TOO_LARGE: Problem = {
  code: 'bridge/too-large',
  message: 'This is too large to be saved or opened here.',
  hint: 'Save the project without its data.',
};

/**
 * The bridge of a page that the local shell serves. Trades the code in the page's address for a token at once, and takes it out
 * of the address. A failed call is a problem in its outcome; `about`, `listExportFormats`, `releaseExport` and `cancelDecoding` reject with a ProblemError.
 */
export function createLocalBridge(page: LocalPage = globalThis as unknown as LocalPage): DesktopApi {
  const session = openSession(page).then((token) => attend(page, token));
  // Each call reports a failure itself; without a call nobody minds it.
  session.catch(() => undefined);
  return bridgeOver(async (verb, args) => {
    try {
      return await call(page, verb, args, await session);
    } catch (error) {
      if (!(error instanceof ProblemError) || PLAIN_VERBS.has(verb)) throw error;
      return fail(...error.problems);
    }
  });
}

async function openSession(page: LocalPage): Promise<string> {
  const address = new URL(page.location.href);
  const code = address.searchParams.get(CODE_PARAMETER);
  const kept = page.sessionStorage.getItem(TOKEN_KEY);
  if (code !== null) {
    address.searchParams.delete(CODE_PARAMETER);
    page.history.replaceState(null, '', address.pathname + address.search + address.hash);
    const { status, value } = await post(page, SESSION_ROUTE, { [CODE_PARAMETER]: code }, {});
    const token = status === 200 ? (value as { readonly token: string }).token : kept;
    if (token === null) throw new ProblemError(NO_SESSION);
    page.sessionStorage.setItem(TOKEN_KEY, token);
    return token;
  }
  if (kept === null) throw new ProblemError(NO_SESSION);
  return kept;
}

/** Says that this window is there, for as long as it is. @returns the headers of every call */
async function attend(page: LocalPage, token: string): Promise<Record<string, string>> {
  const { sessionStorage } = page;
  for (let window = sessionStorage.getItem(WINDOW_KEY) ?? crypto.randomUUID(); ; window = crypto.randomUUID()) {
    const headers = { [TOKEN_HEADER]: token, [WINDOW_HEADER]: window };
    const response = await send(page, ATTEND_ROUTE, new Uint8Array(0), headers, false);
    // A duplicated tab has the words of the first one.
    if (response.status === 409) continue;
    if (response.status !== 200) throw new ProblemError(NO_SESSION);
    // Never read to its end, which is that of the service; dropped, the browser might close it.
    response.arrayBuffer().catch(() => undefined);
    sessionStorage.setItem(WINDOW_KEY, window);
    return headers;
  }
}

async function call(
  page: LocalPage,
  verb: Verb,
  args: readonly unknown[],
  session: Record<string, string>,
): Promise<unknown> {
  const { status, value } = await post(page, API_ROUTE + verb, args, session, verb === LAST_WORDS);
  if (status === 200) return value;
  if (status === 401) throw new ProblemError(NO_SESSION);
  if (status === 413) throw new ProblemError(TOO_LARGE);
  throw new ProblemError({ ...UNREACHABLE, message: `Layerlab’s service refused with status ${status}.` });
}

async function post(
  page: LocalPage,
  route: string,
  message: unknown,
  headers: Record<string, string>,
  keepalive = false,
): Promise<{ readonly status: number; readonly value: unknown }> {
  const body = encodeMessage(message);
  // The server would cut the connection, which looks like one that is gone.
  if (body.length > LARGEST_BODY_BYTES) throw new ProblemError(TOO_LARGE);
  try {
    const response = await send(page, route, body, headers, keepalive);
    const answered = response.status === 200;
    return {
      status: response.status,
      value: answered ? decodeMessage(new Uint8Array(await response.arrayBuffer())) : null,
    };
  } catch {
    throw new ProblemError(UNREACHABLE);
  }
}

async function send(
  page: LocalPage,
  route: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
  keepalive: boolean,
): ReturnType<LocalPage['fetch']> {
  try {
    return await page.fetch(route, {
      method: 'POST',
      headers: { 'content-type': CONTENT_TYPE, ...headers },
      // As a blob: Chromium sends 50 MB of one in 0.3 s, of a plain array in 2 s. But a blob does not outlive its page.
      body: keepalive ? body : new Blob([body]),
      keepalive,
    });
  } catch {
    throw new ProblemError(UNREACHABLE);
  }
}
