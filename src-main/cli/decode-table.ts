import { randomUUID } from 'node:crypto';
import type { DecodeTable } from '../../src-worker/api';
import { nodeDecoder } from '../decode/node-child';
import { createTableDecoder } from '../decode/table-decoder';

const decoder = createTableDecoder(nodeDecoder());

/** Decodes workbooks and Parquet files for the commands, each in a process of its own. */
export const decodeTable: DecodeTable = (name, bytes, options) => decoder.decode(randomUUID(), name, bytes, options);
