import { ProblemError, type Problem } from '../../problem';

const AGAIN = 'Get the archive again, or pack the files anew.';

/** What is wrong with an archive, each with the byte where it shows. */
export const zipProblems = {
  noEnd: (file: string, byteOffset: number): Problem => ({
    code: 'zip/no-directory',
    message: `${file} has no table of contents at its end: it was cut off, or something was appended to it.`,
    hint: AGAIN,
    file,
    byteOffset,
  }),
  damaged: (file: string, what: string, byteOffset: number): Problem => ({
    code: 'zip/damaged',
    message: `${file} is damaged: ${what} (at byte ${byteOffset}).`,
    hint: AGAIN,
    file,
    byteOffset,
  }),
  manyDisks: (file: string, byteOffset: number): Problem => ({
    code: 'zip/many-parts',
    message: `${file} is one part of an archive that was split.`,
    hint: 'Join the parts to one archive first.',
    file,
    byteOffset,
  }),
  tooMany: (file: string, entries: number, limit: number, byteOffset: number): Problem => ({
    code: 'zip/too-many-entries',
    message: `${file} holds ${entries.toLocaleString('en')} files; the app reads archives of up to ${limit.toLocaleString('en')}.`,
    hint: 'Unpack it and take a part of the files.',
    file,
    byteOffset,
  }),
  tooLarge: (file: string, byteOffset: number): Problem => ({
    code: 'zip/too-large',
    message: `${file} unpacks to more than 4 GiB.`,
    hint: 'Unpack it and take a part of the files.',
    file,
    byteOffset,
  }),
  bomb: (file: string, entry: string, ratio: number, byteOffset: number): Problem => ({
    code: 'zip/bomb',
    message: `${entry} in ${file} unpacks to more than ${ratio} times its size, which is how archives are made to fill the memory.`,
    hint: 'If you trust it, unpack it yourself and drop the file inside.',
    file,
    byteOffset,
  }),
  name: (file: string, entry: string, why: string, byteOffset: number): Problem => ({
    code: 'zip/unsafe-name',
    message: `${file} holds an entry called ${JSON.stringify(entry.slice(0, 100))}, which ${why}.`,
    hint: 'Do not use this archive: its names are made to reach out of its folder.',
    file,
    byteOffset,
  }),
  duplicate: (file: string, entry: string, byteOffset: number): Problem => ({
    code: 'zip/duplicate-name',
    message: `${file} holds ${entry} twice, so it is not certain which one is meant.`,
    hint: AGAIN,
    file,
    byteOffset,
  }),
  link: (file: string, entry: string, byteOffset: number): Problem => ({
    code: 'zip/link',
    message: `${entry} in ${file} is a link to another place, which is never followed.`,
    hint: 'Pack the files themselves instead of links to them.',
    file,
    byteOffset,
  }),
  encrypted: (file: string, entry: string, byteOffset: number): Problem => ({
    code: 'zip/encrypted',
    message: `${entry} in ${file} is protected by a password.`,
    hint: 'Unpack it with its password and drop the file inside.',
    file,
    byteOffset,
  }),
  method: (file: string, entry: string, method: number, byteOffset: number): Problem => ({
    code: 'zip/method',
    message: `${entry} in ${file} is packed by method ${method}; the app reads stored and deflated entries.`,
    hint: 'Unpack it and drop the file inside, or pack it with another program.',
    file,
    byteOffset,
  }),
} satisfies Record<string, (file: string, ...details: never[]) => Problem>;

/** Damage of an archive as an error to throw. */
export function zipDamage(file: string, what: string, byteOffset: number): ProblemError {
  return new ProblemError(zipProblems.damaged(file, what, byteOffset));
}
