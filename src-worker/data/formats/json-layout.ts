import type { JsonHandler, JsonScalar } from './json-tokens';

/** How a table lies in JSON. */
export type JsonLayout =
  /** A row per line. */
  | { readonly kind: 'lines' }
  /** A row per element of the array under these keys; `names` where the file gives the columns’ names apart. */
  | { readonly kind: 'rows'; readonly path: readonly string[]; readonly names: readonly string[] | null }
  /** A column per key, as an array, or as pandas writes it an object from row label to value. */
  | { readonly kind: 'columns'; readonly names: readonly string[] }
  /** A row per key, under names that say nothing of it. */
  | { readonly kind: 'keyed rows' }
  /** One row in all. */
  | { readonly kind: 'one row' };

type Kind = 'object' | 'array' | JsonScalar;

/** What was seen of a value under a path of keys. */
interface Node {
  readonly path: readonly string[];
  readonly kind: Kind;
  elements: number;
  readonly kinds: Set<Kind>;
  /** Whether all keys of an object are whole numbers, as the row labels of pandas are. */
  counted: boolean;
  /** The texts of an array of texts, as far as they could be names of columns. */
  readonly texts: string[];
}

const MAX_WRAPPERS = 4;
const MAX_NODES = 20_000;

/** Watches a tokenizer pass over the first value and remembers what stands where, but no values. */
export class JsonSurvey implements JsonHandler {
  readonly nodes: Node[] = [];
  /** The nodes that are open; null where a value is too deep, or inside an array, to matter. */
  private readonly open: (Node | null)[] = [];
  private name = '';
  /** Whole values seen at the top, and the line where the first one ended. */
  values = 0;
  endLine = 0;
  private readonly lineOf: () => number;

  /** @param lineOf the line that is being read */
  constructor(lineOf: () => number) {
    this.lineOf = lineOf;
  }

  start(kind: 'object' | 'array'): void {
    this.open.push(this.enter(kind));
  }

  end(): void {
    this.open.pop();
    if (this.open.length === 0) this.ended();
  }

  key(text: string): void {
    this.name = text;
    const parent = this.open.at(-1);
    if (parent) parent.counted &&= /^(?:0|[1-9]\d{0,14})$/.test(text);
  }

  value(kind: JsonScalar, text: string): void {
    const parent = this.open.at(-1);
    if (kind === 'string' && parent?.kind === 'array' && parent.texts.length < MAX_NODES) parent.texts.push(text);
    this.enter(kind);
    if (this.open.length === 0) this.ended();
  }

  private ended(): void {
    if (this.values++ === 0) this.endLine = this.lineOf();
  }

  private enter(kind: Kind): Node | null {
    const parent = this.open.at(-1);
    if (parent) {
      parent.elements++;
      parent.kinds.add(kind);
    }
    const top = this.open.length === 0 && this.values === 0;
    const under = parent?.kind === 'object' && parent.path.length < MAX_WRAPPERS && this.nodes.length < MAX_NODES;
    if (!top && !under) return null;
    const path = top ? [] : [...parent!.path, this.name];
    const node = { path, kind, elements: 0, kinds: new Set<Kind>(), counted: true, texts: [] };
    this.nodes.push(node);
    return node;
  }

  /** The layout; otherwise in words why there is no one table. */
  layout(): JsonLayout | string {
    const [top] = this.nodes;
    if (top === undefined) return 'it holds nothing';
    if (top.kind === 'array') return { kind: 'rows', path: [], names: null };
    if (top.kind !== 'object') return `it holds a single ${top.kind === 'string' ? 'text' : 'value'}`;
    const inside = this.nodes.filter(({ path }) => path.length === 1);
    return split(inside) ?? columnsIn(inside) ?? this.wrapped() ?? keyed(inside) ?? { kind: 'one row' };
  }

  /** The one array of rows somewhere under keys. */
  private wrapped(): JsonLayout | string | null {
    const arrays = this.nodes.filter(
      ({ kind, kinds, elements }) =>
        kind === 'array' && elements > 0 && [...kinds].every((each) => each === 'object' || each === 'array'),
    );
    const records = arrays.filter(({ kinds }) => kinds.has('object'));
    const possible = records.length > 0 ? records : arrays;
    // What lies deeper describes the table, as the schema of pandas does; several side by side leave it open which is meant.
    const depth = Math.min(...possible.map(({ path }) => path.length));
    const candidates = possible.filter(({ path }) => path.length === depth);
    if (candidates.length > 1) {
      return `it holds ${candidates.length} tables: ${candidates
        .slice(0, 5)
        .map(({ path }) => path.join('.'))
        .join(', ')}`;
    }
    const [only] = candidates;
    return only === undefined ? null : { kind: 'rows', path: only.path, names: null };
  }
}

/** `{"columns": ["a", "b"], "data": [[1, 2]]}`, as pandas writes with orient="split". */
function split(inside: readonly Node[]): JsonLayout | null {
  const named = (name: string) => inside.find(({ path, kind }) => path[0] === name && kind === 'array');
  const [columns, data] = [named('columns'), named('data')];
  if (columns === undefined || data === undefined || columns.elements === 0) return null;
  if (columns.texts.length !== columns.elements || [...data.kinds].some((kind) => kind !== 'array')) return null;
  return { kind: 'rows', path: ['data'], names: columns.texts };
}

/** An array per column, one of plain values at least and all as long as the others; or an object from row label to value. */
function columnsIn(inside: readonly Node[]): JsonLayout | null {
  const arrays = inside.filter(({ kind, kinds }) => kind === 'array' && !kinds.has('object'));
  const plain = arrays.some(({ kinds, elements }) => elements > 0 && !kinds.has('array'));
  const objects = inside.filter(({ kind, counted, elements }) => kind === 'object' && counted && elements > 0);
  if (objects.length === inside.length && objects.length > 0) return columns(objects);
  const others = inside.some(({ kind, kinds }) => kind === 'object' || (kind === 'array' && kinds.has('object')));
  if (plain && !others) return columns(arrays);
  // Several arrays of arrays of one length, such as inputs beside one-hot outputs.
  const sameLength = arrays.length > 1 && arrays.every(({ elements }) => elements === arrays[0]!.elements);
  return sameLength && !others ? columns(arrays) : null;
}

function columns(nodes: readonly Node[]): JsonLayout {
  return { kind: 'columns', names: nodes.map(({ path }) => path[0]!) };
}

/** `{"first": {"a": 1}, "second": {"a": 2}}` */
function keyed(inside: readonly Node[]): JsonLayout | null {
  return inside.length > 1 && inside.every(({ kind }) => kind === 'object') ? { kind: 'keyed rows' } : null;
}
