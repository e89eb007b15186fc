/** Rows of a table without blanks, several to a line and apart by blanks, as the text of a CSV file. */
export function unpackRows(packed: string): string {
  return packed.trim().split(/\s+/).join('\n');
}
