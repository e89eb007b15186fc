import { randomUUID } from 'node:crypto';
import type { DecodeOptions } from '../../src-worker/api';
import { MAX_CELLS } from '../../src-worker/data/limits';
import { fail, succeed, type Outcome } from '../../src-worker/problem';
import type { ModelFile } from '../import/format';
import type { ReadModel } from '../import/read-model';
import type { DecodedProject } from '../projects';
import type { StartDecoder } from './child-process';
import { createChildRuns, type RunLimits } from './child-runs';
import { problemOf, takenTicket } from './decoder-problems';
import { readModelReply, readProjectReply } from './replies';
import { encodeRequest, type DecodeRequest, type DecodeTask } from './request';

/** Reads what strangers may have sent, one process for each; see {@link createDecoder}. */
export interface Decoder {
  /** A workbook or a Parquet file. @returns the reply as bytes, which the worker reads and checks */
  decodeTable(ticket: string, name: string, bytes: Uint8Array, options: DecodeOptions): Promise<Outcome<Uint8Array>>;
  /** Nothing where the ticket is unknown or done. */
  cancel(ticket: string): void;
  /** @param files the model file, with those beside it that hold its weights; at least one */
  readModel(files: readonly ModelFile[]): Promise<Outcome<ReadModel>>;
  readProject(name: string, bytes: Uint8Array): Promise<Outcome<DecodedProject>>;
}

export const DECODER_LIMITS: RunLimits = {
  heapMebibytes: 512,
  atOnce: 2,
  milliseconds: 10_000,
  millisecondsPerMebibyte: 500,
  memoryBytes: 2 ** 31,
  // A byte of a file may stand for a float, which is there in the reader, in its reply and on the way.
  memoryPerByte: 16,
  lookMilliseconds: 100,
};

/** The longest reply to a file of so many bytes. */
const replyBytes: { readonly [T in DecodeTask]: (fileBytes: number) => number } = {
  // The largest table as float64, and room for its texts.
  table: () => 8 * MAX_CELLS + 2 ** 28,
  // Arrays of bytes become floats, and stand in a model and as weights.
  model: (fileBytes) => 8 * fileBytes + 2 ** 28,
  // All that an archive may hold, and as much again for its arrays.
  project: () => 2 ** 31,
};

/**
 * Reads each file in a process of its own with a heap of its own, so that a file made to exhaust memory or time ends that process
 * and nothing else. What ends without a reply is a problem that names the file.
 */
export function createDecoder(start: StartDecoder, limits = DECODER_LIMITS): Decoder {
  const runs = createChildRuns(start, limits);

  async function ask(ticket: string, request: DecodeRequest): Promise<Outcome<Uint8Array>> {
    const { task, files } = request;
    const file = files[0]?.name ?? '';
    if (runs.knows(ticket)) return fail(takenTicket(file));
    const fileBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const ended = await runs.run(ticket, {
      fileBytes,
      replyBytes: replyBytes[task](fileBytes),
      request: () => encodeRequest(request),
    });
    return ended.kind === 'reply' ? succeed(ended.reply) : fail(problemOf(task, file, ended));
  }

  const options: DecodeOptions = { sheet: null };
  return {
    decodeTable: (ticket, name, bytes, chosen) =>
      ask(ticket, { task: 'table', files: [{ name, bytes }], options: chosen }),

    cancel: (ticket) => runs.cancel(ticket),

    async readModel(files) {
      const reply = await ask(randomUUID(), { task: 'model', files, options });
      return reply.ok ? readModelReply(files[0]?.name ?? '', reply.value) : reply;
    },

    async readProject(name, bytes) {
      const reply = await ask(randomUUID(), { task: 'project', files: [{ name, bytes }], options });
      return reply.ok ? readProjectReply(name, reply.value) : reply;
    },
  };
}
