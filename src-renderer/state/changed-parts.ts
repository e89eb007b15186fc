import type { StoredPart } from '../../src-main/bridge';

/** What of a session is to be sent: parts are known by what they were made of. */
export class ChangedParts {
  readonly parts: StoredPart[] = [];
  /** Names of those that are as they were kept. */
  readonly same: string[] = [];
  /** What each part is made of, for the next time. */
  readonly known = new Map<string, object>();
  readonly #before: ReadonlyMap<string, object> | null;

  /** @param before of what was kept last; null where that is not there */
  constructor(before: ReadonlyMap<string, object> | null) {
    this.#before = before;
  }

  put(name: string, source: object, make: () => StoredPart): void {
    this.known.set(name, source);
    if (this.#before?.get(name) === source) this.same.push(name);
    else this.parts.push(make());
  }
}
