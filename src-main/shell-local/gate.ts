import type { IncomingMessage } from 'node:http';

/** What only a page of this very server may do, and what one that a person opened may do too. */
export type Access = 'page' | 'call';

/**
 * The first look at a request, before anything else of it is used. A page of another site can make the browser send requests
 * here, even under another name for this machine; what it cannot do is forge Host, Origin and Sec-Fetch-Site.
 * @param access `call` for everything but fetching the page's own files
 * @returns null, or the status to refuse with
 */
export function refuseForeign(request: IncomingMessage, port: number, access: Access): number | null {
  const host = `127.0.0.1:${port}`;
  if (valuesOf(request, 'host').join() !== host) return 403;
  const origins = valuesOf(request, 'origin');
  if (access === 'call' && origins.length === 0) return 403;
  if (origins.length > 0 && origins.join() !== `http://${host}`) return 403;
  const sites = valuesOf(request, 'sec-fetch-site');
  const allowed = access === 'call' ? ['same-origin'] : ['same-origin', 'none'];
  return sites.every((site) => allowed.includes(site)) ? null : 403;
}

/** Every value of a header, in the order sent; Node itself keeps only the first of some. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}
