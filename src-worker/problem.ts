/**
 * What went wrong, for a person: what, where, and what to do. Problems cross the worker boundary as return values,
 * because an Error that crosses keeps only its name and message.
 */
export interface Problem {
  /** Stable identifier such as `csv/unclosed-quote`; tests and help refer to it, people never see it. */
  readonly code: string;
  /** One sentence: what is wrong. Names the file where there is one. */
  readonly message: string;
  /** One sentence: what to do about it. */
  readonly hint: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** From 0. */
  readonly byteOffset?: number;
  /** Path in the experiment document, such as `network.layers[1].units`. */
  readonly path?: string;
}

/** A value, or why there is none. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Carries problems through code that cannot return them; caught at the API's edge and turned into an {@link Outcome}. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problems: readonly Problem[];

  constructor(...problems: [Problem, ...Problem[]]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}

export function succeed<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function fail<T>(...problems: readonly Problem[]): Outcome<T> {
  return { ok: false, problems };
}

/** The one line that the CLI prints: what, where, what to do. */
export function describeProblem(problem: Problem): string {
  const place = [
    problem.file,
    problem.path,
    problem.line === undefined ? undefined : `line ${problem.line}`,
    problem.column === undefined ? undefined : `column ${problem.column}`,
    problem.byteOffset === undefined ? undefined : `byte ${problem.byteOffset}`,
  ].filter((part) => part !== undefined && !problem.message.includes(part));
  const where = place.length > 0 ? ` (${place.join(', ')})` : '';
  return `${problem.message}${where} ${problem.hint}`;
}
