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

/** Where the problem lies, as far as its message does not say it: `line 12, column 3`; empty where it says everything. */
export function placeOf({ message, file, path, line, column, byteOffset }: Problem): string {
  const said = message.toLowerCase();
  const place = [
    file,
    path,
    line === undefined ? undefined : `line ${line.toLocaleString('en')}`,
    column === undefined ? undefined : `column ${column.toLocaleString('en')}`,
    byteOffset === undefined ? undefined : `byte ${byteOffset.toLocaleString('en')}`,
  ];
  return place.filter((part) => part !== undefined && !said.includes(part.toLowerCase())).join(', ');
}

/** The one line that the CLI prints: what, where, what to do. */
export function describeProblem(problem: Problem): string {
  const place = placeOf(problem);
  if (place === '') return `${problem.message} ${problem.hint}`;
  const sentence = /^([^]*?)([.!?]?)$/.exec(problem.message);
  return `${sentence?.[1] ?? problem.message} (${place})${sentence?.[2] ?? ''} ${problem.hint}`;
}
