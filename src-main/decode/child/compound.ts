import { ProblemError } from '../../../src-worker/problem';
import type { TableRequest } from '../request';

/**
 * Says why a compound file is not read: it is an Office file with a password, or an old workbook. Streams are named in UTF-16.
 * Source: [MS-CFB] §2.6.4 for the directory, [MS-OFFCRYPTO] §2.3.2 for EncryptedPackage, [MS-XLS] §2.1.2 for Workbook and Book.
 *
 * @throws ProblemError always
 */
export async function refuseCompound({ name, bytes }: TableRequest): Promise<never> {
  const holds = (stream: string): boolean => Buffer.from(bytes).includes(Buffer.from(`${stream}\0`, 'utf16le'));
  if (holds('EncryptedPackage')) {
    throw new ProblemError({
      code: 'xlsx/password',
      message: `${name} is protected with a password.`,
      hint: 'Open it in a spreadsheet program and save it without a password.',
      file: name,
    });
  }
  const old = holds('Workbook') || holds('Book');
  throw new ProblemError({
    code: 'xlsx/old',
    message: `${name} is ${old ? 'a workbook in the old format (XLS), of before 2007' : 'an old Office file, but no workbook'}.`,
    hint: 'Open it in a spreadsheet program and save the sheet as XLSX or CSV.',
    file: name,
  });
}
