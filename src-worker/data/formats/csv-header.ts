import type { Problem } from '../../problem';

/** The columns' names: unique, not empty, on one line; with a warning for each kind of change that took. */
export function nameColumns(
  cells: readonly string[],
  header: boolean,
  file: string,
): { names: readonly string[]; warnings: readonly Problem[] } {
  if (!header) {
    return {
      names: cells.map((_, index) => `column ${index + 1}`),
      warnings: [
        {
          code: 'csv/no-header',
          message: `${file} has no header: its first line holds values, so the columns are called column 1 to column ${cells.length}.`,
          hint: 'Put the names of the columns in the first line if they have any.',
          file,
          line: 1,
        },
      ],
    };
  }
  const warnings: Problem[] = [];
  const empty: number[] = [];
  const repeated = new Set<string>();
  const taken = new Set<string>();
  const given = cells.map((cell) => cell.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim());
  const wanted = new Set(given);
  const names = given.map((name, index) => {
    if (name === '') empty.push(index + 1);
    const base = name === '' ? `column ${index + 1}` : name;
    if (name !== '' && !taken.has(name)) {
      taken.add(name);
      return name;
    }
    if (name !== '') repeated.add(name);
    let unique = base;
    for (let count = 2; taken.has(unique) || wanted.has(unique); count++) unique = `${base} (${count})`;
    taken.add(unique);
    return unique;
  });
  if (empty.length > 0) {
    const places = empty.slice(0, 5).join(', ') + (empty.length > 5 ? ', …' : '');
    warnings.push({
      code: 'csv/empty-name',
      message: `The header of ${file} leaves ${empty.length === 1 ? `column ${places}` : `columns ${places}`} without a name; it is called by its number.`,
      hint: 'Name it in the first line of the file.',
      file,
      line: 1,
    });
  }
  if (repeated.size > 0) {
    const list = [...repeated].slice(0, 5).join(', ');
    warnings.push({
      code: 'csv/duplicate-name',
      message: `The header of ${file} gives the same name more than once: ${list}. The later ones are numbered.`,
      hint: 'Give every column a name of its own.',
      file,
      line: 1,
    });
  }
  return { names, warnings };
}
