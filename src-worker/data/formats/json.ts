import { ProblemError, type Problem } from '../../problem';
import type { Content } from './content';
import type { DataFormat, TableFile } from './data-format';
import { JsonSurvey, type JsonLayout } from './json-layout';
import { JsonColumnsReader } from './json-columns-reader';
import { JsonRows } from './json-rows';
import { JsonError, JsonTokenizer } from './json-tokens';
import { decode, EncodingError, guessEncoding, type TextEncoding } from './text-encoding';

const JSON_NAME = /\.(?:json|geojson)(?:\.gz)?$/i;
const LINES_NAME = /\.(?:jsonl|ndjson)(?:\.gz)?$/i;
/** A value that is longer than this is no line of JSON Lines. */
const MAX_LINE = 2 ** 20;

/**
 * JSON as a table: an array of objects or of arrays, also under a key (`{"data": […]}`), columns as arrays, what pandas writes, and JSON
 * Lines. The file is read twice, once for how the table lies in it; it is never in memory as a whole.
 * Source: RFC 8259; jsonlines.org.
 */
export const json: DataFormat = {
  label: 'Table (JSON, JSON Lines)',

  accepts(head, name) {
    const encoding = guessEncoding(head);
    if (encoding === null) return false;
    if (JSON_NAME.test(name) || LINES_NAME.test(name)) return true;
    const text = new TextDecoder(encoding).decode(head);
    return /^\s*(?:\{\s*(?:"[^"\n]*"\s*:|\})|\[\s*(?:[{[\]]|"[^"\n]*"\s*[,\]]|[-\d][-+.\deE]*\s*[,\]\n]))/.test(text);
  },

  async read(content) {
    const { name } = content;
    const encoding = guessEncoding(content.head) ?? 'utf-8';
    try {
      const layout = LINES_NAME.test(name) ? LINES : await survey(content, encoding);
      if (typeof layout === 'string') throw new ProblemError(noTable(name, layout));
      return await readTable(content, encoding, layout);
    } catch (error) {
      if (error instanceof JsonError) throw new ProblemError(invalid(name, error));
      if (error instanceof EncodingError) throw new ProblemError(wrongEncoding(name, encoding));
      throw error;
    }
  },
};

const LINES: JsonLayout = { kind: 'lines' };

async function survey(content: Content, encoding: TextEncoding): Promise<JsonLayout | string> {
  const watcher: JsonSurvey = new JsonSurvey(() => tokenizer.line);
  const tokenizer = new JsonTokenizer(watcher, false);
  let read = 0;
  try {
    for await (const piece of decode(content.stream(), encoding)) {
      tokenizer.push(piece);
      read += piece.length;
      // Of an array of rows more would not be news.
      if (read > MAX_LINE && watcher.nodes[0]?.kind === 'array') break;
    }
    if (read <= MAX_LINE || watcher.nodes[0]?.kind !== 'array') tokenizer.finish();
  } catch (error) {
    // More after the first value, on a line of its own: a row per line.
    if (error instanceof JsonError && watcher.values === 1 && error.line > watcher.endLine) return LINES;
    throw error;
  }
  return watcher.layout();
}

async function readTable(content: Content, encoding: TextEncoding, layout: JsonLayout): Promise<TableFile> {
  const { name } = content;
  // The reader asks the tokenizer for its line, and the tokenizer tells the reader what it finds.
  const lineOf = (): number => tokenizer.line;
  const reader: JsonRows | JsonColumnsReader =
    layout.kind === 'columns' ? new JsonColumnsReader(name, layout.names, lineOf) : new JsonRows(name, layout, lineOf);
  const tokenizer = new JsonTokenizer(reader, layout.kind === 'lines');
  for await (const piece of decode(content.stream(), encoding)) tokenizer.push(piece);
  tokenizer.finish();
  const { table, warnings } = reader.finish();
  const keyed = layout.kind === 'keyed rows' ? [keysLeftOut(name)] : [];
  return { kind: 'table', table, warnings: [...keyed, ...warnings] };
}

function invalid(file: string, { message, line, column }: JsonError): Problem {
  return {
    code: 'json/syntax',
    message: `${file} is not valid JSON: ${message} (line ${line}, column ${column}).`,
    hint: 'Correct it there, or write the file again with a program that knows JSON.',
    file,
    line,
    column,
  };
}

function wrongEncoding(file: string, encoding: TextEncoding): Problem {
  return {
    code: 'json/encoding',
    message: `${file} begins like ${encoding.toUpperCase()} text but is not: some of its characters make no sense.`,
    hint: 'Save it again as UTF-8.',
    file,
  };
}

function noTable(file: string, why: string): Problem {
  return {
    code: 'json/no-table',
    message: `${file} is no table: ${why}.`,
    hint: 'Give it one array of objects, one for each example.',
    file,
    line: 1,
  };
}

function keysLeftOut(file: string): Problem {
  return {
    code: 'json/keys-left-out',
    message: `${file} gives every row a name; the names were left out, as they say nothing of the values.`,
    hint: 'Put the name into the row if the network is to see it.',
    file,
    line: 1,
  };
}
