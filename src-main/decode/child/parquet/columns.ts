import { parquetSchema, type FileMetaData, type SchemaElement, type SchemaTree } from 'hyparquet';
import { kindOfLeaf, type LeafKind } from './leaf';

/** A column of the table: a primitive of the file, perhaps inside of structs. */
export interface TableColumn {
  /** `a.b` for the field b of the struct a. */
  readonly name: string;
  /** From the top of the file's schema; what is read is the column `path[0]`. */
  readonly path: readonly string[];
  readonly kind: LeafKind;
  readonly element: SchemaElement;
}

/** A column of the file that a table cannot hold, and what it is. */
export interface LeftOut {
  readonly name: string;
  readonly is: string;
}

/** The columns of the file that make a table, and those that do not. */
export function columnsOf(metadata: FileMetaData): { columns: readonly TableColumn[]; leftOut: readonly LeftOut[] } {
  const columns: TableColumn[] = [];
  const leftOut: LeftOut[] = [];
  const seen = new Set<string>();
  for (const child of parquetSchema(metadata).children) {
    const { name } = child.element;
    // The library finds columns by name, so it would give the first for both.
    if (seen.has(name)) leftOut.push({ name, is: 'a second column of that name' });
    else collect(child, columns, leftOut);
    seen.add(name);
  }
  return { columns, leftOut };
}

function collect(tree: SchemaTree, columns: TableColumn[], leftOut: LeftOut[]): void {
  const { element, children, path } = tree;
  const name = path.join('.');
  const nested = nesting(tree);
  if (nested !== null) {
    leftOut.push({ name, is: nested });
    return;
  }
  if (children.length > 0) {
    for (const child of children) collect(child, columns, leftOut);
    return;
  }
  const kind = kindOfLeaf(element);
  if (typeof kind === 'string') columns.push({ name, path, kind, element });
  else leftOut.push({ name, is: kind.is });
}

/** What makes a column more than one value per row; null where nothing does. */
function nesting({ element, path }: SchemaTree): string | null {
  if (element.converted_type === 'LIST' || element.logical_type?.type === 'LIST') return 'lists';
  if (element.converted_type === 'MAP' || element.logical_type?.type === 'MAP') return 'maps';
  if (element.logical_type?.type === 'VARIANT') return 'values of changing types';
  if (element.repetition_type === 'REPEATED') return 'lists';
  // The library puts the fields of a struct into a plain object, which has no such field of its own.
  if (path.length > 1 && element.name === '__proto__') return 'a field that cannot be named';
  return null;
}
