import { ProblemError } from '../../../../src-worker/problem';
import type { OfficePackage } from './package';
import { readXml, type Attributes } from './xml';

export interface Workbook {
  /** The worksheets in their order; no charts, no dialogs. */
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly hidden: boolean }[];
  /** Whether dates count from 1904, as old Macintoshes did. */
  readonly date1904: boolean;
  readonly sharedStrings: string | null;
  readonly styles: string | null;
}

/** Reads what a workbook consists of. Source: ECMA-376 part 1, §18.2. */
export async function readWorkbook(file: string, parts: OfficePackage): Promise<Workbook> {
  const part = await findWorkbook(file, parts);
  const listed: { name: string; id: string; state: string }[] = [];
  let date1904 = false;
  await readXml(parts.read(part), file, {
    open(element, get) {
      if (element === 'workbookPr') date1904 = isTrue(get('date1904'));
      if (element === 'sheet')
        listed.push({ name: get('name') ?? '', id: get('id') ?? '', state: get('state') ?? 'visible' });
    },
    text: () => undefined,
    close: () => undefined,
  });
  const relations = await readRelations(file, parts, part);
  const targetOf = (kind: string): string | null =>
    [...relations.values()].find((relation) => relation.type.endsWith(`/${kind}`))?.target ?? null;
  const sheets = listed.flatMap(({ name, id, state }) => {
    const relation = relations.get(id);
    return relation?.type.endsWith('/worksheet') === true
      ? [{ name, part: relation.target, hidden: state !== 'visible' }]
      : [];
  });
  return { sheets, date1904, sharedStrings: targetOf('sharedStrings'), styles: targetOf('styles') };
}

async function findWorkbook(file: string, parts: OfficePackage): Promise<string> {
  const relations = parts.has('_rels/.rels') ? await readRelations(file, parts, '') : new Map<string, Relation>();
  const named = [...relations.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target;
  const part = named ?? 'xl/workbook.xml';
  if (/\.bin$/i.test(part)) {
    throw new ProblemError({
      code: 'xlsx/binary',
      message: `${file} is a binary workbook (XLSB).`,
      hint: 'Open it in a spreadsheet program and save it as XLSX or CSV.',
      file,
    });
  }
  if (parts.has(part) && /workbook|\bxl\//i.test(part)) return part;
  throw new ProblemError({
    code: 'xlsx/not-a-workbook',
    message: `${file} is an archive, but holds no workbook.`,
    hint: 'Drop a workbook (XLSX), or the files inside of the archive.',
    file,
  });
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** The relations of a part by their ids, with the names of parts as targets. */
async function readRelations(file: string, parts: OfficePackage, part: string): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const path = `${folder}_rels/${part.slice(slash)}.rels`;
  const relations = new Map<string, Relation>();
  const take = (get: Attributes): void => {
    const target = get('Target') ?? '';
    // What lies outside of the file is never followed.
    if (get('TargetMode') === 'External') return;
    relations.set(get('Id') ?? '', { type: get('Type') ?? '', target: resolvePart(folder, target) });
  };
  await readXml(parts.read(path), file, {
    open: (element, get) => void (element === 'Relationship' && take(get)),
    text: () => undefined,
    close: () => undefined,
  });
  return relations;
}

function resolvePart(folder: string, target: string): string {
  return new URL(target, `part:///${folder}`).pathname.slice(1);
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
