import { basename, dirname } from 'node:path';
import type { Problem } from '../src-worker/problem';

/** What the operating system refused, in words: cause and way out by its error code. */
const CAUSES: Readonly<Record<string, { code: string; cause: string; hint: string }>> = {
  EACCES: {
    code: 'no-permission',
    cause: 'you have no permission there',
    hint: 'Choose a folder that you may write to.',
  },
  EPERM: {
    code: 'no-permission',
    cause: 'the system does not permit it',
    hint: 'Close other programs that use the file, or choose a folder that you may write to.',
  },
  EROFS: { code: 'read-only', cause: 'the disk is read-only', hint: 'Choose a folder on another disk.' },
  ENOSPC: { code: 'disk-full', cause: 'the disk is full', hint: 'Free some space there, or choose another disk.' },
  EDQUOT: { code: 'disk-full', cause: 'your disk quota is used up', hint: 'Free some space, or choose another disk.' },
  EFBIG: { code: 'too-big', cause: 'the file is larger than that disk allows', hint: 'Choose another disk.' },
  EIO: { code: 'disk-error', cause: 'the disk reported an error', hint: 'Choose another disk and check this one.' },
  EBUSY: { code: 'busy', cause: 'another program uses it', hint: 'Close the program that has it open and try again.' },
  ENOENT: { code: 'not-found', cause: 'it is no longer there', hint: 'Check that the folder or drive still exists.' },
  ENOTDIR: { code: 'not-found', cause: 'that is a file, not a folder', hint: 'Choose another folder.' },
  EISDIR: { code: 'is-folder', cause: 'a folder has that name', hint: 'Choose another name.' },
  ENAMETOOLONG: { code: 'name-too-long', cause: 'the name is too long', hint: 'Choose a shorter name.' },
  EMFILE: { code: 'too-many-open', cause: 'too many files are open', hint: 'Close other programs and try again.' },
  ENFILE: { code: 'too-many-open', cause: 'too many files are open', hint: 'Close other programs and try again.' },
};

/** A write makes its file, so that what is missing can only be the folder. */
const NO_FOLDER = {
  code: 'not-found',
  cause: 'there is no such folder',
  hint: 'Choose a folder that exists, or create this one first.',
};

/** A read of a folder: the name is right, but it is no file. */
const FOLDER_READ = { code: 'is-folder', cause: 'it is a folder, not a file', hint: 'Choose a file in it.' };

/** The operating system's error code of a failed call, such as `ENOSPC`; null for anything else that was thrown. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** A failed write in words; says that the old file is unharmed, which {@link writeDurably} guarantees. */
export function describeWriteFailure(path: string, error: unknown): Problem {
  const { code, cause, hint } = systemErrorCode(error) === 'ENOENT' ? NO_FOLDER : causeOf(error);
  return {
    code: `save/${code}`,
    message: `${basename(path)} could not be saved in ${dirname(path)}: ${cause}. Nothing that was there has changed.`,
    hint,
    file: basename(path),
  };
}

/** A failed read in words. */
export function describeReadFailure(path: string, error: unknown): Problem {
  const { code, cause, hint } = systemErrorCode(error) === 'EISDIR' ? FOLDER_READ : causeOf(error);
  return {
    code: `open/${code}`,
    message: `${basename(path)} in ${dirname(path)} could not be read: ${cause}.`,
    hint: code === 'no-permission' ? 'Ask for permission to read it, or choose another file.' : hint,
    file: basename(path),
  };
}

function causeOf(error: unknown): { code: string; cause: string; hint: string } {
  const system = systemErrorCode(error);
  const known = system !== null && Object.hasOwn(CAUSES, system) ? CAUSES[system] : undefined;
  if (known !== undefined) return known;
  const detail = error instanceof Error ? error.message : 'unknown error';
  return { code: 'failed', cause: `the system said “${system ?? detail}”`, hint: 'Try another folder.' };
}
