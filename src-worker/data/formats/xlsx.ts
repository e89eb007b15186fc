import type { DataFormat } from './data-format';
import { readDecoded } from './decoded';

const ZIP = [0x50, 0x4b, 3, 4];
/** Of compound files: the old workbooks (XLS), and every Office file with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/**
 * Workbooks of Excel and its relatives. Source: ECMA-376, Office Open XML. Compound files are taken too, so that the decoder can
 * look inside and say whether it is the age or a password that keeps them from being read.
 */
export const xlsx: DataFormat = {
  label: 'Workbook (XLSX)',

  accepts(head, name) {
    const begins = (magic: readonly number[]): boolean => magic.every((byte, index) => head[index] === byte);
    if (begins(COMPOUND)) return true;
    if (!begins(ZIP)) return false;
    const text = Array.from(head, (byte) => String.fromCharCode(byte)).join('');
    if (/\bxl[/\\]/.test(text)) return true;
    // The first parts of a workbook may be any; its table of contents is at the other end.
    return /\.xls[xmb]$/i.test(name) && !/\b(?:word|ppt)\//.test(text);
  },

  read: readDecoded,
};
