import { encodeReply } from '../../../src-worker/data/decoded/encode';
import { fail, ProblemError, type Outcome } from '../../../src-worker/problem';
import type { ModelFile } from '../../import/format';
import { encodeOutcome } from '../replies';
import { decodeRequest, type DecodeRequest, type DecodeTask } from '../request';

type Files = readonly [ModelFile, ...ModelFile[]];

/** What is done for each task. Each loads its readers alone, because every file gets a process that starts anew. */
const tasks: {
  readonly [T in DecodeTask]: (files: Files, options: DecodeRequest['options']) => Promise<Uint8Array>;
} = {
  table: async ([file], options) => {
    const { decodeFile } = await import('./decode-file');
    return encodeReply(await decodeFile({ ...file, options }));
  },
  model: async (files) => {
    const { readModel } = await import('../../import');
    return encodeOutcome(await inWords(files[0].name, () => readModel(files)));
  },
  project: async ([{ name, bytes }]) => {
    const { decodeVersioned } = await import('../../projects');
    return encodeOutcome(await inWords(name, () => decodeVersioned(bytes, name)));
  },
};

/** Answers a request as the manager made it. */
export async function answer(bytes: Uint8Array): Promise<Uint8Array> {
  const { task, files, options } = decodeRequest(bytes);
  const [first, ...others] = files;
  if (first === undefined) throw new Error('a request without a file');
  return tasks[task]([first, ...others], options);
}

/** What a reader throws that is no problem is damage that it did not foresee; a person is told so. */
async function inWords<T>(file: string, read: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProblemError) return fail(...error.problems);
    const detail = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 200);
    return fail({
      code: 'decode/damaged',
      message: `${file} is damaged and cannot be read (${detail.replace(/\.+$/, '')}).`,
      hint: 'Download or export it again.',
      file,
    });
  }
}
