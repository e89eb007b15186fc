import { numberAt } from '../../src-worker/data/column';
import { readFile, type FileData } from '../../src-worker/data/formats';
import type { ReadingSession, ReadingStart } from '../contract';

/** The app's own readers, from a `File` as a drop gives it: format found by content, types column by column, every cell checked. */
export function openReading({ workload, bytes }: ReadingStart): ReadingSession {
  const file = new File([bytes], workload.file);
  let read: FileData | null = null;
  return {
    platform: { about: 'columns of 32-bit decimals or float64', threads: 1 },
    async run(times) {
      for (let time = 0; time < times; time++) read = await readFile(file);
    },
    valueAt(row, column) {
      if (read?.kind === 'table') return numberAt(read.table.columns[column]!, row);
      return read?.kind === 'array' ? read.values[row * workload.columns + column]! : NaN;
    },
  };
}
