import type { Problem } from '../problem';

/** A document with more mistakes than this is not the document it was taken for; the rest is counted, not listed. */
const MOST_LISTED = 100;

/** Gathers every problem of a document while it is read, so that a person can mend it in one go. */
export class Findings {
  private readonly listed: Problem[] = [];
  private unlisted = 0;

  get clean(): boolean {
    return this.listed.length === 0;
  }

  /** @param rule the part of the code after `experiment/`, such as `unknown-kind` */
  add(rule: string, path: string, message: string, hint: string): void {
    if (this.listed.length === MOST_LISTED) {
      this.unlisted += 1;
      return;
    }
    this.listed.push({ code: `experiment/${rule}`, message, hint, path });
  }

  /** Every problem in the order of the document. */
  problems(): readonly Problem[] {
    if (this.unlisted === 0) return this.listed;
    const rest: Problem = {
      code: 'experiment/too-many-problems',
      message: `The document has ${this.unlisted} more problems.`,
      hint: 'Mend those above first, or check that this is the right file.',
    };
    return [...this.listed, rest];
  }
}

/** `network` and `loss` give `network.loss`; a key that is no plain name goes in quotes: `data.columns["bill length"]`. */
export function pathTo(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${parent}[${JSON.stringify(shorten(key, 60))}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/**
 * What was found, short enough for a sentence. Never looks inside lists and objects: they may be nested too deep to print.
 */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(shorten(value, 40));
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return String(value);
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
