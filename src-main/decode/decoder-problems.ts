import type { Problem } from '../../src-worker/problem';
import type { RunEnd } from './child-runs';
import type { DecodeTask } from './request';

/** Ways in which a process ends without a reply. */
type Failure = Exclude<RunEnd, { readonly kind: 'reply' }>;

/** What to do about a file that brings its reader down, by what it is. */
const ways: { readonly [T in DecodeTask]: { readonly smaller: string; readonly otherwise: string } } = {
  table: {
    smaller: 'Save it again from the program that made it, with fewer rows or columns, or as CSV.',
    otherwise: 'or save the file as CSV',
  },
  model: {
    smaller: 'Export it again from the program that made it, or get it from where you trust it.',
    otherwise: 'or restart Layerlab',
  },
  project: {
    smaller: 'Open another copy of it; the save before it may lie beside it, with the ending .bak.',
    otherwise: 'or restart Layerlab',
  },
};

/** In words, naming the file. */
export function problemOf(task: DecodeTask, file: string, failure: Failure): Problem {
  const { smaller, otherwise } = ways[task];
  const words: { readonly [K in Failure['kind']]: readonly [code: string, message: string, hint: string] } = {
    cancelled: ['cancelled', `Reading ${file} was cancelled.`, 'Drop it again to read it after all.'],
    'too slow': [
      'too-slow',
      `${file} takes too long to read and was given up: it is damaged, or far larger inside than outside.`,
      smaller,
    ],
    'too large': [
      'too-large',
      `${file} takes far more memory than its size accounts for and was given up. Nothing else is affected.`,
      smaller,
    ],
    died: [
      'died',
      `${file} could not be read: the process that tried ran out of memory or failed, and was ended. Nothing else is affected.`,
      `The file is damaged or far larger inside than outside. ${smaller}`,
    ],
    'not started': [
      'not-started',
      `${file} could not be read: no process for it could be started (${failure.kind === 'not started' ? failure.reason : ''}).`,
      `Close other programs and try again, ${otherwise}.`,
    ],
  };
  const [code, message, hint] = words[failure.kind];
  return { code: `decode/${code}`, message, hint, file };
}

export function takenTicket(file: string): Problem {
  return {
    code: 'decode/taken-ticket',
    message: `${file} was sent to be read under a ticket that is in use.`,
    hint: 'Drop it again; if it happens again, please report it.',
    file,
  };
}
