import type { DataSpec } from './document';
import { dataFields } from './fields';
import { describeValue, pathTo, type Findings } from './findings';
import { readAugmentation } from './read-augmentation';
import { readColumns } from './read-columns';
import { readObject } from './read';
import { readFields } from './read-kind';
import { readSource } from './read-source';
import { readSplit } from './read-split';

/** Beyond this it is no longer single examples that are taken out or given another target. */
const MOST_SINGLED_OUT = 100_000;

/** Reads the `data` section: where the examples come from and how they become numbers. */
export function readData(value: unknown, path: string, findings: Findings): DataSpec {
  const known = ['source', 'columns', ...Object.keys(dataFields), 'split', 'augmentation', 'excluded', 'relabelled'];
  const data = readObject(value, path, known, findings);
  const at = (key: string): string => pathTo(path, key);
  const settings = readFields(data, Object.values(dataFields), findings);
  return {
    source: readSource(data.get('source'), at('source'), findings),
    columns: readColumns(data.get('columns'), at('columns'), findings),
    // The fields are exactly these three of DataSpec.
    ...(settings as Pick<DataSpec, 'missing' | 'scaling' | 'rare'>),
    split: readSplit(data.get('split'), at('split'), findings),
    augmentation: readAugmentation(data.get('augmentation'), at('augmentation'), findings),
    excluded: readExcluded(data.get('excluded'), at('excluded'), findings),
    relabelled: readRelabelled(data.get('relabelled'), at('relabelled'), findings),
  };
}

/** Rising and without repetition, however they were written: the same choice is the same document. */
function readExcluded(value: unknown, path: string, findings: Findings): readonly number[] {
  if (value === undefined) return [];
  const list: readonly unknown[] | null = Array.isArray(value) && value.length <= MOST_SINGLED_OUT ? value : null;
  const wrong = list?.findIndex((index) => !isIndex(index)) ?? -1;
  if (list === null || wrong !== -1) {
    const what = list === null ? describeValue(value) : `${describeValue(list[wrong])} at place ${wrong + 1}`;
    findings.add(
      'excluded',
      path,
      `${path} must be a list of up to ${MOST_SINGLED_OUT.toLocaleString('en')} whole numbers from 0, but is ${what}.`,
      'Write the places of the examples to leave out, such as [0, 17]; the first example is 0.',
    );
    return [];
  }
  return [...new Set(list as readonly number[])].sort((a, b) => a - b);
}

function readRelabelled(value: unknown, path: string, findings: Findings): DataSpec['relabelled'] {
  const object = readObject(value, path, null, findings);
  const entries = object.keys.map((key): [number, string | number] | null => {
    const target = object.get(key);
    const good = typeof target === 'string' ? target.trim() !== '' : Number.isFinite(target);
    if (isIndex(Number(key)) && String(Number(key)) === key && good) return [Number(key), target as string | number];
    findings.add(
      'relabelled',
      pathTo(path, key),
      `${pathTo(path, key)} must give the place of an example, counted from 0, a class or a number, but is ${describeValue(target)}.`,
      'Write such as { "17": "setosa" }.',
    );
    return null;
  });
  const good = entries.filter((entry) => entry !== null).sort(([a], [b]) => a - b);
  if (good.length > MOST_SINGLED_OUT) {
    findings.add(
      'relabelled',
      path,
      `${path} names ${good.length.toLocaleString('en')} examples; at most ${MOST_SINGLED_OUT.toLocaleString('en')} can be given another target.`,
      'Change the targets in the file instead.',
    );
  }
  return Object.fromEntries(good);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32 - 1;
}
