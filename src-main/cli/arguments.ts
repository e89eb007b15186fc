import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearestName } from '../../src-worker/experiment/nearest';
import { ProblemError } from '../../src-worker/problem';

/** `list` options take every value up to the next option, and may be repeated. */
export interface Option {
  readonly type: 'string' | 'list';
}

/** The arguments of one command: its positional ones, then its options. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly value: (option: string) => string | undefined;
  readonly list: (option: string) => readonly string[];
}

/**
 * Reads the arguments of one command.
 * @param expected names of the positional arguments, as the usage writes them
 * @throws ProblemError naming the argument that is missing, unknown or without a value
 */
export function readArguments(
  command: string,
  args: readonly string[],
  expected: readonly string[],
  options: Readonly<Record<string, Option>>,
): Arguments {
  const config: ParseArgsConfig = {
    args: spreadLists(args, options),
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type }]) => [name, { type: 'string', multiple: type === 'list' }]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  };
  const { positionals, values, tokens = [] } = parseArgs(config);
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(options, token.name)) throw refuse(command, unknownOption(token.rawName, options));
    if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
      throw refuse(command, `${token.rawName} needs a value.`);
    }
    const twice = tokens.filter((other) => other.kind === 'option' && other.name === token.name).length > 1;
    if (twice && options[token.name]?.type === 'string') throw refuse(command, `${token.rawName} is given twice.`);
  }
  const missing = expected[positionals.length];
  if (missing !== undefined) throw refuse(command, `${missing} is missing: it comes right after "${command}".`);
  const extra = positionals[expected.length];
  if (extra !== undefined) throw refuse(command, `"${extra}" is one argument too many.`);
  return {
    positionals,
    value: (option) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    list: (option) => {
      const value = values[option];
      return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    },
  };
}

/** A whole number of at least `least`. */
export function readCount(
  command: string,
  option: string,
  value: string | undefined,
  least: number,
): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(count) && count >= least) return count;
  throw refuse(command, `--${option} must be a whole number of at least ${least}, but is "${value}".`);
}

export function readOneOf<T extends string>(
  command: string,
  option: string,
  value: string | undefined,
  known: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const found = known.find((name) => name === value);
  if (found !== undefined) return found;
  throw refuse(command, `--${option} must be ${known.join(' or ')}, but is "${value}".`);
}

/** A complaint about the arguments of a command, with the way to its usage. */
export function refuse(command: string, message: string): ProblemError {
  return new ProblemError({
    code: 'cli/arguments',
    message,
    hint: `See "layerlab ${command} --help".`,
  });
}

/** `--data a b --epochs 3` as `--data a --data b --epochs 3`, which is what parseArgs understands. */
function spreadLists(args: readonly string[], options: Readonly<Record<string, Option>>): string[] {
  let list: string | null = null;
  return args.flatMap((arg, index) => {
    if (arg.startsWith('--')) {
      const isList = Object.hasOwn(options, arg.slice(2)) && options[arg.slice(2)]?.type === 'list';
      list = isList ? arg : null;
      const empty = args[index + 1]?.startsWith('--') ?? true;
      return isList && !empty ? [] : [arg];
    }
    return list === null ? [arg] : [list, arg];
  });
}

function unknownOption(name: string, options: Readonly<Record<string, Option>>): string {
  const nearest = nearestName(name.replace(/^-+/, ''), Object.keys(options));
  return `${name} is not an option of this command${nearest === null ? '.' : `; did you mean --${nearest}?`}`;
}
