/** What a file really is, where it is nothing that this app reads. */
export interface ForeignContent {
  /** As in "table.csv is …". */
  readonly label: string;
  /** What to do with it instead. */
  readonly hint: string;
}

interface Signature extends ForeignContent {
  readonly matches: (head: Uint8Array, text: string) => boolean;
}

const spreadsheet = 'Open it in a spreadsheet program and save the sheet as CSV.';
const unpack = 'Unpack it and drop the file inside.';
const image = 'Save it as PNG or JPEG.';
const save = 'Save the data as CSV and drop that file.';

const bytes =
  (...expected: number[]) =>
  (head: Uint8Array): boolean =>
    expected.every((byte, index) => head[index] === byte);
const ascii =
  (expected: string, offset = 0) =>
  (_head: Uint8Array, text: string): boolean =>
    text.startsWith(expected, offset);
const zipHolding =
  (entry: string) =>
  (head: Uint8Array, text: string): boolean =>
    bytes(0x50, 0x4b, 3, 4)(head) && text.includes(entry);

/** A document of ours: it says so, or has layers under its network. */
function isExperiment(text: string): boolean {
  return (
    /^(?:\xef\xbb\xbf)?\s*\{/.test(text) &&
    (/"format"\s*:\s*"layerlab-experiment"/.test(text) || /"network"\s*:\s*\{[^]*"layers"\s*:\s*\[/.test(text))
  );
}

/** The first that matches wins. Text is the head read byte by byte as Latin-1. */
const signatures: readonly Signature[] = [
  {
    label: 'a TIFF image',
    hint: image,
    matches: (head) => bytes(0x49, 0x49, 42, 0)(head) || bytes(0x4d, 0x4d, 0, 42)(head),
  },
  { label: 'a Word document', hint: save, matches: zipHolding('word/') },
  { label: 'an OpenDocument file', hint: spreadsheet, matches: zipHolding('mimetypeapplication/vnd.oasis') },
  {
    label: 'a Layerlab project',
    hint: 'Open it as a project instead of as data.',
    matches: zipHolding('experiment.json'),
  },
  { label: 'gzip data that is packed twice or in an unknown way', hint: unpack, matches: bytes(0x1f, 0x8b) },
  { label: 'a bzip2 archive', hint: unpack, matches: (_head, text) => /^BZh[1-9]1AY&SY/.test(text) },
  { label: 'an XZ archive', hint: unpack, matches: bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a) },
  { label: 'a Zstandard archive', hint: unpack, matches: bytes(0x28, 0xb5, 0x2f, 0xfd) },
  { label: 'a 7-Zip archive', hint: unpack, matches: bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c) },
  { label: 'a RAR archive', hint: unpack, matches: ascii('Rar!') },
  { label: 'a tar archive', hint: unpack, matches: ascii('ustar', 257) },
  { label: 'a PDF document', hint: save, matches: ascii('%PDF') },
  { label: 'an Arrow or Feather table', hint: save, matches: (_head, text) => /^(ARROW1|FEA1)/.test(text) },
  { label: 'an HDF5 file', hint: save, matches: bytes(0x89, 0x48, 0x44, 0x46) },
  { label: 'an SQLite database', hint: save, matches: ascii('SQLite format 3') },
  { label: 'a MATLAB file', hint: save, matches: ascii('MATLAB ') },
  { label: 'an R data file', hint: save, matches: (_head, text) => /^RD[AX][23]\n/.test(text) },
  {
    label: 'a Python pickle, which could run code when opened',
    hint: save,
    matches: (head) => head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5,
  },
  {
    label: 'a Windows program',
    hint: 'Drop a data file.',
    matches: (head, text) => ascii('MZ')(head, text) && head.includes(0),
  },
  { label: 'a Linux program', hint: 'Drop a data file.', matches: bytes(0x7f, 0x45, 0x4c, 0x46) },
  {
    label: 'a Git LFS pointer, which stands for a file that was not downloaded',
    hint: 'Run "git lfs pull" in its repository and drop the file again.',
    matches: ascii('version https://git-lfs.github.com/spec/'),
  },
  {
    label: 'an HTML page',
    hint: 'The download gave a web page, perhaps a login or an error: download the file itself.',
    matches: (_head, text) =>
      /^(?:\xef\xbb\xbf)?\s*(?:<!--[^]{0,500}?-->\s*)?<(?:!doctype html|html|head|body)[\s>]/i.test(text),
  },
  { label: 'an XML file', hint: save, matches: (_head, text) => /^(?:\xef\xbb\xbf)?\s*<\?xml\s/.test(text) },
  {
    label: 'a Jupyter notebook',
    hint: 'Save the data from the notebook as CSV.',
    matches: (_head, text) => /^\s*\{\s*"cells"\s*:/.test(text),
  },
  {
    label: 'a Layerlab experiment',
    hint: 'Open it as an experiment instead of as data.',
    matches: (_head, text) => isExperiment(text),
  },
  { label: 'an ARFF file', hint: save, matches: (_head, text) => /^(?:%[^\n]*\n|\s)*@relation\s/i.test(text) },
  { label: 'a PostScript document', hint: save, matches: ascii('%!PS') },
  { label: 'an RTF document', hint: save, matches: ascii('{\\rtf') },
];

/** Names content that this app does not read by its first bytes; null where they are nothing that it knows. */
export function recognizeForeign(head: Uint8Array): ForeignContent | null {
  const text = Array.from(head, (byte) => String.fromCharCode(byte)).join('');
  return signatures.find((signature) => signature.matches(head, text)) ?? null;
}
