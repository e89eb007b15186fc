import type { DecodeOptions } from '../../src-worker/api';
import { MAX_CELLS } from '../../src-worker/data/limits';
import { fail, succeed, type Outcome, type Problem } from '../../src-worker/problem';
import type { ChildLimits, DecoderChild, StartDecoder } from './child-process';
import { encodeRequest } from './request';

/** Decodes files one process each; see {@link createTableDecoder}. */
export interface TableDecoder {
  decode(ticket: string, name: string, bytes: Uint8Array, options: DecodeOptions): Promise<Outcome<Uint8Array>>;
  /** Nothing where the ticket is unknown or done. */
  cancel(ticket: string): void;
}

export interface DecoderLimits extends ChildLimits {
  readonly atOnce: number;
  /** For a file of no size. */
  readonly milliseconds: number;
  /** More for each mebibyte of the file. */
  readonly millisecondsPerMebibyte: number;
}

export const DECODER_LIMITS: DecoderLimits = {
  heapMebibytes: 512,
  // The largest table as float64, and room for its texts.
  replyBytes: 8 * MAX_CELLS + 2 ** 28,
  atOnce: 2,
  milliseconds: 10_000,
  millisecondsPerMebibyte: 500,
};

/** Why a decoding ended before its reply. */
type Stop = 'cancelled' | 'too slow';

interface Job {
  stop(why: Stop): void;
}

/**
 * Decodes each file in a process of its own with a heap of its own, so that a file made to exhaust memory or time ends that process
 * and nothing else. What ends without a reply is a problem that names the file.
 */
export function createTableDecoder(start: StartDecoder, limits = DECODER_LIMITS): TableDecoder {
  const jobs = new Map<string, Job>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const begin = (work: () => void): void => {
    if (running < limits.atOnce) {
      running++;
      work();
    } else waiting.push(work);
  };
  const end = (): void => {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };

  return {
    decode(ticket, name, bytes, options) {
      if (jobs.has(ticket)) return Promise.resolve(fail(takenTicket(name)));
      return new Promise((done) => {
        let stopped: Stop | null = null;
        jobs.set(ticket, { stop: (why) => void (stopped = why) });
        const finish = (outcome: Outcome<Uint8Array>): void => {
          jobs.delete(ticket);
          done(outcome);
        };
        begin(() => {
          if (stopped !== null) {
            finish(fail(stoppedProblem(stopped, name)));
            end();
            return;
          }
          const milliseconds = limits.milliseconds + (limits.millisecondsPerMebibyte * bytes.length) / 2 ** 20;
          let child: DecoderChild;
          try {
            child = start(limits);
          } catch (error) {
            finish(fail(notStarted(name, error)));
            end();
            return;
          }
          const stop = (why: Stop): void => {
            stopped = why;
            child.kill();
          };
          const timer = setTimeout(() => stop('too slow'), milliseconds);
          jobs.set(ticket, { stop });
          child.onEnd((reply) => {
            clearTimeout(timer);
            if (stopped !== null) finish(fail(stoppedProblem(stopped, name)));
            else finish(reply === null ? fail(died(name)) : succeed(reply));
            end();
          });
          child.send(encodeRequest({ name, options, bytes }));
        });
      });
    },

    cancel: (ticket) => jobs.get(ticket)?.stop('cancelled'),
  };
}

const stopProblems: { readonly [S in Stop]: (file: string) => Problem } = {
  cancelled: (file) => ({
    code: 'decode/cancelled',
    message: `Reading ${file} was cancelled.`,
    hint: 'Drop it again to read it after all.',
    file,
  }),
  'too slow': (file) => ({
    code: 'decode/too-slow',
    message: `${file} takes too long to decode and was given up: it is damaged, or far larger inside than outside.`,
    hint: 'Save it again from the program that made it, with fewer rows or columns, or as CSV.',
    file,
  }),
};

function stoppedProblem(why: Stop, file: string): Problem {
  return stopProblems[why](file);
}

function died(file: string): Problem {
  return {
    code: 'decode/died',
    message: `${file} could not be decoded: the process that tried ran out of memory or failed, and was ended. Nothing else is affected.`,
    hint: 'The file is damaged or far larger inside than outside: save it again with fewer rows or columns, or as CSV.',
    file,
  };
}

function notStarted(file: string, error: unknown): Problem {
  return {
    code: 'decode/not-started',
    message: `${file} could not be decoded: no process for it could be started (${error instanceof Error ? error.message : String(error)}).`,
    hint: 'Close other programs and try again, or save the file as CSV.',
    file,
  };
}

function takenTicket(file: string): Problem {
  return {
    code: 'decode/taken-ticket',
    message: `${file} was sent to be decoded under a ticket that is in use.`,
    hint: 'Drop it again; if it happens again, please report it.',
    file,
  };
}
