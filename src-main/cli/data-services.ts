import { randomUUID } from 'node:crypto';
import type { DataServices } from '../../src-worker/data/services';
import { nodeDecoder } from '../decode/node-child';
import { createDecoder } from '../decode/decoder';
import { loadCodecFromDisk } from './load-codec';

const decoder = createDecoder(nodeDecoder());

/** What reading data asks for on the command line: workbooks and Parquet files are decoded in a process of its own each. */
export const dataServices: DataServices = {
  decodeTable: (name, bytes, options) => decoder.decodeTable(randomUUID(), name, bytes, options),
  loadCodec: loadCodecFromDisk,
};
