import { nearestName } from '../../src-worker/experiment/nearest';
import { describeProblem, ProblemError } from '../../src-worker/problem';
import { check } from './check';
import type { Command, Io } from './command';
import { exportCommand } from './export';
import { importCommand } from './import';
import { inspect } from './inspect';
import { predict } from './predict';
import { trace } from './trace';
import { train } from './train';

/** Every command, in the order of the usage. To add one: a file and this line. */
const commands: readonly Command[] = [train, trace, check, predict, exportCommand, importCommand, inspect];

const BAD_INPUT = 2;
const FAILED = 1;

/**
 * The command line `layerlab`: Layerlab without a window.
 * @param argv the arguments after the program's name
 * @param io `process`, or what a test puts in its place
 * @returns the exit status: 0, 1 where the work was done and its result is bad, 2 for bad arguments or input
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.stderr : io.stdout).write(usage());
    return name === undefined ? BAD_INPUT : 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const nearest = nearestName(
      name,
      commands.map((candidate) => candidate.name),
    );
    const guess = nearest === null ? 'See "layerlab --help".' : `Did you mean "${nearest}"?`;
    io.stderr.write(`layerlab: ${JSON.stringify(name)} is not a command. ${guess}\n`);
    return BAD_INPUT;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.stdout.write(command.usage);
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    io.stderr.write(`layerlab ${name}: ${describeFailure(error)}\n`);
    return error instanceof ProblemError ? BAD_INPUT : FAILED;
  }
}

/** One line, whatever went wrong: the first problem in full, and the places of the others. */
function describeFailure(error: unknown): string {
  if (!(error instanceof ProblemError)) {
    const text = error instanceof Error ? error.message : String(error);
    return oneLine(`Layerlab made a mistake: ${text} Please report it with the command you gave.`);
  }
  const [first, ...others] = error.problems;
  if (first === undefined) return 'unknown problem';
  const places = others.map((problem) => problem.path ?? problem.message).slice(0, 5);
  const more = others.length > places.length ? ', …' : '';
  const rest = others.length === 0 ? '' : ` (${others.length} more: ${places.join(', ')}${more})`;
  return oneLine(describeProblem(first) + rest);
}

/** Names out of files may hold line breaks and terminal escapes; a message is one line of plain text. */
function oneLine(text: string): string {
  // Control characters are exactly what must not reach the terminal.
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

function usage(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
  return `Usage: layerlab COMMAND …\n\n${list}\n\n"layerlab COMMAND --help" tells more.\n`;
}
