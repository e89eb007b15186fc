import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const MOST_TOKENS = 100;

/**
 * One-time codes and the tokens they are traded for. A code may be seen by others (it stands in the browser's command line),
 * so it works once and briefly; a token is only ever in a header.
 */
export class Sessions {
  readonly #codes = new Map<string, number>();
  readonly #tokens: string[] = [];
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** A fresh code, good for one trade within the time. */
  issueCode(lifeMs: number): string {
    const code = newSecret();
    this.#codes.set(code, this.#now() + lifeMs);
    return code;
  }

  /** A token for a code that is known, unused and not too old; else null. The code is spent either way. */
  redeem(code: unknown): string | null {
    const known = [...this.#codes].find(([candidate]) => sameSecret(candidate, code));
    if (known === undefined) return null;
    this.#codes.delete(known[0]);
    if (this.#now() > known[1]) return null;
    const token = newSecret();
    this.#tokens.push(token);
    if (this.#tokens.length > MOST_TOKENS) this.#tokens.shift();
    return token;
  }

  accepts(token: unknown): boolean {
    return this.#tokens.some((known) => sameSecret(known, token));
  }
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Compares without telling by its duration how much agreed; digests have one length whatever was sent. */
function sameSecret(secret: string, given: unknown): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(secret), digest(given));
}
