import { expect, test } from 'vitest';
import { bindRows, readRows } from '../bound-examples';
import { defaultDataSpec } from '../experiment/defaults';
import { loadData, prepare } from '.';

/** Numbers with holes, categories, dates and booleans: every kind that writes inputs. */
const table = [
  'size,colour,day,open,price',
  ...Array.from({ length: 1_300 }, (_, n) => {
    const size = n % 7 === 0 ? '' : (n * 0.37).toFixed(2);
    const day = new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10);
    return `${size},${['red', 'green', 'blue'][n % 3]},${day},${n % 2 === 0 ? 'yes' : 'no'},${(n * 1.5 + 3).toFixed(1)}`;
  }),
].join('\n');

async function prepared() {
  const spec = defaultDataSpec({ files: ['table.csv'], testFiles: [] });
  const loaded = await loadData(spec, [new File([table], 'table.csv')], []);
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  const ready = prepare(loaded.value, spec);
  if (!ready.ok) throw new Error(ready.problems[0]?.message);
  return ready.value;
}

test.each(['float64', 'float32'] as const)(
  'inputs written where they are wanted have the bits of an array of their own, in %s',
  async (precision) => {
    const { bindable, examples, preprocessing } = await prepared();
    for (const part of ['train', 'dev', 'test'] as const) {
      const [written, own] = [bindable(part, 1, precision)!, examples(part, 1, precision)!];
      if (!('write' in written.x) || 'bytes' in own.x) throw new Error('a table has no bytes');
      // Memory that has been used holds anything.
      const x = own.x.map(() => 77);
      written.x.write(x);
      expect(x).toEqual(own.x);
      expect(written).toMatchObject({ count: own.count, y: own.y, x: { length: own.x.length, precision } });

      const chosen = Uint32Array.of(own.count - 1, 0, 3, 3);
      const both = [bindRows(written, preprocessing.inputShape, 1), readRows(written, preprocessing.inputShape, 1)];
      const inputs = preprocessing.inputShape[0]!;
      const wanted = [...chosen].flatMap((n) => [...(own.x as Float64Array).subarray(n * inputs, (n + 1) * inputs)]);
      for (const bound of both) {
        const [read, y] = [new Float64Array(chosen.length * inputs), new Float64Array(chosen.length)];
        bound.read(chosen, read, y, null);
        expect([...read]).toEqual(wanted);
        expect([...y]).toEqual([...chosen].map((n) => own.y[n]!));
      }
      expect(both[0]!.memoryBytes - both[1]!.memoryBytes).toBe(own.x.byteLength);
    }
  },
);
