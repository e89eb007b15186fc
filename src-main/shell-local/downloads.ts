import { randomBytes } from 'node:crypto';
import type { Outcome } from '../../src-worker/problem';

/** Where a browser fetches a file that is dragged out of the page: `/download/CODE/NAME`. */
export const DOWNLOAD_ROUTE = '/download/';

/** A file that the page offers to be dragged out, made when it is fetched. */
interface OfferedFile {
  readonly name: string;
  read(): Promise<Outcome<Uint8Array>>;
}

/** Offers of several windows. */
const MOST_OFFERS = 8;

/**
 * Files that may be fetched once, each under an address that cannot be guessed: the browser's own download sends no token along. An offer
 * holds no bytes, and the oldest are forgotten.
 */
export class Downloads {
  readonly #offers = new Map<string, OfferedFile>();

  /** @returns the path of its address */
  offer(file: OfferedFile): string {
    const code = randomBytes(32).toString('base64url');
    this.#offers.set(code, file);
    const oldest = this.#offers.keys().next();
    if (this.#offers.size > MOST_OFFERS && oldest.done !== true) this.#offers.delete(oldest.value);
    return `${DOWNLOAD_ROUTE}${code}/${encodeURIComponent(file.name)}`;
  }

  /** The file of that path, once; null for any other. */
  take(path: string): OfferedFile | null {
    const code = path.slice(DOWNLOAD_ROUTE.length).split('/', 1)[0] ?? '';
    const file = this.#offers.get(code) ?? null;
    this.#offers.delete(code);
    return file;
  }
}
