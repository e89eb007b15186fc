import type { DecoderChild, StartDecoder } from './child-process';

export interface RunLimits {
  readonly heapMebibytes: number;
  readonly atOnce: number;
  /** For a file of no size. */
  readonly milliseconds: number;
  /** More for each mebibyte of the file. */
  readonly millisecondsPerMebibyte: number;
  /** In memory as a whole, for a file of no size. */
  readonly memoryBytes: number;
  /** More for each byte of the file. */
  readonly memoryPerByte: number;
  /** How often its memory is looked at. */
  readonly lookMilliseconds: number;
}

/** Why a process was ended before its reply. */
export type Stop = 'cancelled' | 'too slow' | 'too large';

/** What came of a process. */
export type RunEnd =
  | { readonly kind: 'reply'; readonly reply: Uint8Array }
  | { readonly kind: Stop | 'died' }
  | { readonly kind: 'not started'; readonly reason: string };

export interface Run {
  /** Of all files, for the limits. */
  readonly fileBytes: number;
  readonly replyBytes: number;
  /** Made when its turn comes. */
  request(): Uint8Array;
}

/** Processes of one request each; see {@link createChildRuns}. */
export interface ChildRuns {
  /** @param ticket to cancel it by; not one that is in use */
  run(ticket: string, run: Run): Promise<RunEnd>;
  knows(ticket: string): boolean;
  /** Nothing where the ticket is unknown or done. */
  cancel(ticket: string): void;
}

/** Gives each request a process of its own, some at once, and ends what takes too long or too much memory. */
export function createChildRuns(start: StartDecoder, limits: RunLimits): ChildRuns {
  const stops = new Map<string, (why: Stop) => void>();
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
    knows: (ticket) => stops.has(ticket),
    cancel: (ticket) => stops.get(ticket)?.('cancelled'),

    run(ticket, { fileBytes, replyBytes, request }) {
      return new Promise((done) => {
        let stopped: Stop | null = null;
        stops.set(ticket, (why) => void (stopped = why));
        const finish = (ended: RunEnd): void => {
          stops.delete(ticket);
          done(ended);
          end();
        };
        begin(() => {
          if (stopped !== null) return finish({ kind: stopped });
          let child: DecoderChild;
          try {
            child = start({ heapMebibytes: limits.heapMebibytes, replyBytes });
          } catch (error) {
            return finish({ kind: 'not started', reason: error instanceof Error ? error.message : String(error) });
          }
          const stop = (why: Stop): void => {
            stopped ??= why;
            child.kill();
          };
          stops.set(ticket, stop);
          const most = limits.memoryBytes + limits.memoryPerByte * fileBytes;
          const watch = setInterval(() => {
            if (child.memory() > most) stop('too large');
          }, limits.lookMilliseconds);
          const milliseconds = limits.milliseconds + (limits.millisecondsPerMebibyte * fileBytes) / 2 ** 20;
          const timer = setTimeout(() => stop('too slow'), milliseconds);
          child.onEnd((reply) => {
            clearInterval(watch);
            clearTimeout(timer);
            if (stopped !== null) finish({ kind: stopped });
            else finish(reply === null ? { kind: 'died' } : { kind: 'reply', reply });
          });
          child.send(request());
        });
      });
    },
  };
}
