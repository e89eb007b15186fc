/**
 * What the page and the loopback server agree on.
 *
 * 1. The window opens at `/?code=CODE`. The code is random, works once and for a short time.
 * 2. The page takes it out of its address and trades it: POST /session with `{ code }`, answered by `{ token }`.
 * 3. It says who it is: POST /attend with token and window in headers. The answer goes on for as long as the page is there, so that the
 *    server knows when it has gone; 409 where a page is there that took the same word for itself, as a duplicated tab does.
 * 4. Every call is POST /api/VERB with both headers and the list of arguments as body; the answer is what the service returned. Token and
 *    window stay in the tab's sessionStorage, so that a reload goes on.
 *
 * Bodies are msgpack (message-bytes.ts). A request of another page never gets as far: the server checks Host,
 * Origin and Sec-Fetch-Site first, and a header of our own cannot be sent across origins without its consent.
 */
export const CODE_PARAMETER = 'code';
export const SESSION_ROUTE = '/session';
export const API_ROUTE = '/api/';
export const TOKEN_HEADER = 'x-layerlab-token';
/** Which window calls: a word of its own choice, the same until it is closed. */
export const WINDOW_HEADER = 'x-layerlab-window';
/** A request that is answered at once and ends with the page, in whatever way that ends. */
export const ATTEND_ROUTE = '/attend';
export const CONTENT_TYPE = 'application/x-msgpack';

/** Room for the largest project and its wrapping. */
export const LARGEST_BODY_BYTES = 1.2 * 2 ** 30;
