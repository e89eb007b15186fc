import { describe, expect, it } from 'vitest';
import type { TrainerApi } from '../api';
import { createReferenceEngine } from '../engines';
import { defaultDataSpec } from '../experiment/defaults';
import type { Outcome } from '../problem';
import { createTrainer } from '../trainer';

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

/** Two classes by the sum of two numbers; the second class is called as a formula would be. */
const ROWS = Array.from({ length: 60 }, (_, row) => ({ a: (row * 7) % 10, b: (row * 3) % 8 }));
const TRAINING = ['a,b,kind', ...ROWS.map(({ a, b }) => `${a},${b},${a + b > 8 ? '=1+1' : 'small'}`)].join('\n');
const fileOf = (lines: readonly string[], name = 'new.csv') => new File([`${lines.join('\n')}\n`], name);
const NEW = ['b,a', ...Array.from({ length: 700 }, (_, row) => `${row % 8},${row % 11}`)];

async function trained(): Promise<TrainerApi> {
  const trainer = createTrainer(createReferenceEngine('float32'));
  const file = new File([TRAINING], 'rows.csv');
  valueOf(await trainer.loadData(defaultDataSpec({ files: ['rows.csv'], testFiles: [] }), [file], []));
  valueOf(await trainer.build(valueOf(trainer.suggestExperiment('rows'))));
  valueOf(trainer.advance({ steps: 40 }));
  return trainer;
}

describe('predictFile', () => {
  it('answers every row as predict does, and writes them inert for a spreadsheet', async () => {
    const trainer = await trained();
    const answers = valueOf(await trainer.predictFile([fileOf(NEW)]));
    const rows = NEW.slice(1).map((line) => line.split(',').map(Number));
    const expected = valueOf(trainer.predict(rows.map(([b = 0, a = 0]) => ({ a, b }))));
    expect(answers).toMatchObject({ name: 'new.csv', rows: 700, step: 40, target: 'kind', names: null });
    expect(answers.first).toEqual(expected.slice(0, answers.first.length));
    const [header, ...lines] = new TextDecoder().decode(answers.csv).trimEnd().split('\n');
    expect(header).toBe(['kind', ...answers.outputNames].join(','));
    expect(lines.map((line) => line.slice(0, line.indexOf(',')))).toEqual(
      expected.map(({ answer }) => (answer === '=1+1' ? `"'=1+1"` : answer)),
    );
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(2);
  });

  it('answers all rows with the weights of one moment while training goes on', async () => {
    const trainer = await trained();
    const before = valueOf(await trainer.predictFile([fileOf(NEW)]));
    const pending = trainer.predictFile([fileOf(NEW)]);
    valueOf(trainer.advance({ steps: 30 }));
    expect(valueOf(await pending).csv).toEqual(before.csv);
    expect(valueOf(await trainer.predictFile([fileOf(NEW)])).csv).not.toEqual(before.csv);
  });

  it('names what a file lacks, and says that there is no network', async () => {
    const trainer = await trained();
    const lacking = await trainer.predictFile([fileOf(['a', '1'])]);
    expect(lacking).toMatchObject({ ok: false, problems: [{ code: 'predict/missing-column', file: 'new.csv' }] });
    const none = await createTrainer(createReferenceEngine('float32')).predictFile([fileOf(NEW)]);
    expect(none).toMatchObject({ ok: false, problems: [{ code: 'predict/no-network' }] });
  });
});

describe('isToPredict', () => {
  it('takes a table with every column but the target, and nothing else', async () => {
    const trainer = await trained();
    const cases: readonly (readonly [File, boolean])[] = [
      [fileOf(NEW), true],
      [fileOf(['a,c,b', '1,x,2']), true],
      [fileOf(['a;b', '1;2'], 'new.tsv'), true],
      [new File([TRAINING], 'more.csv'), false],
      [fileOf(['a', '1']), false],
      [fileOf(NEW, 'new.json'), false],
      [new File([], 'empty.csv'), false],
    ];
    for (const [file, expected] of cases) expect(await trainer.isToPredict(file), file.name).toBe(expected);
    expect(await createTrainer(createReferenceEngine('float32')).isToPredict(fileOf(NEW))).toBe(false);
  });
});
