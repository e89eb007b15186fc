import { basename } from 'node:path';
import { readModel } from '../import';
import type { ReadModel } from '../import/read-model';
import type { Io } from './command';
import { readBytes } from './files';
import { unwrap } from './open-experiment';

/** Reads MODEL…: a model file, and those that it keeps its weights in. @throws ProblemError for what is no model or damaged */
export async function readModelFiles(paths: readonly string[], io: Io): Promise<ReadModel> {
  const files = [];
  for (const path of paths) files.push({ name: basename(path), bytes: await readBytes(path, io) });
  return unwrap(await readModel(files));
}
