import type { Problem } from '../../src-worker/problem';

/** Where the problem lies, as far as its message does not say it: `line 12, column 3`. */
export function placeOf(problem: Problem): string {
  const parts = [
    problem.file,
    problem.path,
    problem.line === undefined ? undefined : `line ${problem.line}`,
    problem.column === undefined ? undefined : `column ${problem.column}`,
    problem.byteOffset === undefined ? undefined : `byte ${problem.byteOffset}`,
  ];
  return parts.filter((part) => part !== undefined && !problem.message.includes(part)).join(', ');
}
