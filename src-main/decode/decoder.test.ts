import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { yazlFile } from './testing/make-zip';
import { loadData } from '../../src-worker/data';
import { defaultDataSpec } from '../../src-worker/experiment/defaults';
import { readReply } from '../../src-worker/data/decoded/read-reply';
import { zip } from '../../src-worker/data/testing/zip';
import { createRandom } from '../../src-worker/random';
import type { DecodeOptions } from '../../src-worker/api';
import type { DecoderChild } from './child-process';
import { nodeDecoder } from './node-child';
import { createDecoder, DECODER_LIMITS, type Decoder } from './decoder';
import { buildDecoder } from './testing/build-decoder';
import { mutate } from './testing/mutate';
import { fixture } from './testing/decode-fixture';

const options: DecodeOptions = { sheet: null };

/** A child that does what the test says. */
function fakeChild() {
  let end: (reply: Uint8Array | null) => void = () => undefined;
  const child: DecoderChild & { sent: Uint8Array[]; killed: boolean; end(reply: Uint8Array | null): void } = {
    sent: [],
    killed: false,
    send: (request) => void child.sent.push(request),
    onEnd: (listener) => void (end = listener),
    kill() {
      child.killed = true;
      end(null);
    },
    end: (reply) => end(reply),
    memory: () => 0,
  };
  return child;
}

describe('the decoder', () => {
  test('gives each file a process of its own, two at once', async () => {
    const children: ReturnType<typeof fakeChild>[] = [];
    const decoder = createDecoder(() => {
      children.push(fakeChild());
      return children.at(-1)!;
    });
    const replies = ['a', 'b', 'c'].map((ticket) =>
      decoder.decodeTable(ticket, `${ticket}.xlsx`, new Uint8Array(1), options),
    );
    expect(children.map(({ sent }) => sent.length)).toEqual([1, 1]);
    children[1]!.end(new Uint8Array([2]));
    expect(await replies[1]).toEqual({ ok: true, value: new Uint8Array([2]) });
    expect(children.length).toBe(3);
    children[0]!.end(null);
    children[2]!.end(new Uint8Array([3]));
    expect(await replies[0]).toMatchObject({ ok: false, problems: [{ code: 'decode/died', file: 'a.xlsx' }] });
    expect(await replies[2]).toMatchObject({ ok: true });
  });

  test('stops what takes too long, by the size of the file', async () => {
    vi.useFakeTimers();
    try {
      const child = fakeChild();
      const reply = createDecoder(() => child).decodeTable('t', 'slow.xlsx', new Uint8Array(2 ** 21), options);
      vi.advanceTimersByTime(10_999);
      expect(child.killed).toBe(false);
      vi.advanceTimersByTime(1);
      expect(child.killed).toBe(true);
      expect(await reply).toMatchObject({ ok: false, problems: [{ code: 'decode/too-slow', file: 'slow.xlsx' }] });
    } finally {
      vi.useRealTimers();
    }
  });

  test('is cancelled by ticket, while it runs and while it waits', async () => {
    const child = fakeChild();
    const start = vi.fn(() => child);
    const decoder = createDecoder(start, { ...DECODER_LIMITS, atOnce: 1 });
    const [running, waiting] = ['a', 'b'].map((ticket) =>
      decoder.decodeTable(ticket, `${ticket}.xlsx`, new Uint8Array(1), options),
    );
    decoder.cancel('b');
    decoder.cancel('nobody');
    decoder.cancel('a');
    for (const reply of [running, waiting]) {
      expect(await reply).toMatchObject({ ok: false, problems: [{ code: 'decode/cancelled' }] });
    }
    expect(start).toHaveBeenCalledTimes(1);
    expect(child.killed).toBe(true);
  });

  test('says so where no process can be started, and takes no ticket twice', async () => {
    const failing = createDecoder(() => {
      throw new Error('no more processes');
    });
    const reply = await failing.decodeTable('t', 'a.xlsx', new Uint8Array(1), options);
    expect(reply).toMatchObject({ ok: false, problems: [{ code: 'decode/not-started' }] });
    const decoder = createDecoder(fakeChild);
    void decoder.decodeTable('t', 'a.xlsx', new Uint8Array(1), options);
    const twice = await decoder.decodeTable('t', 'b.xlsx', new Uint8Array(1), options);
    expect(twice).toMatchObject({ ok: false, problems: [{ code: 'decode/taken-ticket' }] });
  });
});

describe('a process of Node', () => {
  let built: Awaited<ReturnType<typeof buildDecoder>>;
  let decoder: Decoder;
  let ticket = 0;
  beforeAll(async () => {
    built = await buildDecoder();
    decoder = createDecoder(nodeDecoder(() => built.script));
  });
  afterAll(() => built.remove());

  /** The code of what became of a file, or `table`. */
  async function outcome(name: string, bytes: Uint8Array, by = decoder): Promise<string> {
    const reply = await by.decodeTable(String(ticket++), name, bytes, options);
    const decoded = reply.ok ? readReply(name, reply.value) : reply;
    return decoded.ok ? 'table' : decoded.problems[0]!.code;
  }

  test('decodes workbooks and Parquet', async () => {
    expect(await outcome('a.xlsx', fixture('measurements-openpyxl.xlsx'))).toBe('table');
    expect(await outcome('a.parquet', fixture('measurements-zstd.parquet'))).toBe('table');
  });

  test('makes data of a dropped workbook, with its sheets', async () => {
    const file = new File([fixture('seasons.xlsx') as Uint8Array<ArrayBuffer>], 'seasons.xlsx');
    const decodeTable = (name: string, bytes: Uint8Array, chosen: DecodeOptions) =>
      decoder.decodeTable(String(ticket++), name, bytes, chosen);
    const spec = defaultDataSpec({ files: ['seasons.xlsx'], testFiles: [], sheet: 'Autumn' });
    const loaded = await loadData(spec, [file], [], { decodeTable, loadCodec: null });
    expect(loaded).toMatchObject({
      ok: true,
      value: { kind: 'table', table: { rows: 120 }, workbook: { sheet: 'Autumn' } },
    });
  });

  test('makes data of workbooks and Parquet files within an archive, joined where their columns agree', async () => {
    const decodeTable = (name: string, bytes: Uint8Array, chosen: DecodeOptions) =>
      decoder.decodeTable(String(ticket++), name, bytes, chosen);
    const load = (...names: readonly string[]) =>
      loadData(
        defaultDataSpec({ files: [], testFiles: [] }),
        [new File([zip(names.map((name) => ({ name: `tables/${name}`, content: fixture(name) })))], 'tables.zip')],
        [],
        { decodeTable, loadCodec: null },
      );
    expect(await load('seasons.xlsx')).toMatchObject({ ok: true, value: { kind: 'table', table: { rows: 60 } } });
    const one = await load('measurements-openpyxl.xlsx');
    const both = await load('measurements-openpyxl.xlsx', 'measurements-zstd.parquet', 'measurements.csv');
    if (!one.ok || !both.ok || one.value.kind !== 'table' || both.value.kind !== 'table') throw new Error('no table');
    expect(both.value.table.rows).toBe(3 * one.value.table.rows);
    const cut = zip([{ name: 'tables/types.parquet', content: fixture('types.parquet').slice(0, -9) }]);
    const damaged = await loadData(defaultDataSpec({ files: [], testFiles: [] }), [new File([cut], 'cut.zip')], [], {
      decodeTable,
      loadCodec: null,
    });
    expect(damaged).toMatchObject({ ok: false, problems: [{ code: 'decode/damaged' }] });
    if (!damaged.ok) expect(damaged.problems[0]!.file).toBe('cut.zip/tables/types.parquet');
  });

  test('dies alone of a file that fills its heap', async () => {
    // A small heap and much time, so that it is the heap that ends it on a busy machine too.
    const small = { ...DECODER_LIMITS, heapMebibytes: 64, milliseconds: 60_000 };
    const tight = createDecoder(
      nodeDecoder(() => built.script),
      small,
    );
    expect(await outcome('bomb.parquet', fixture('many-rows.parquet'), tight)).toBe('decode/died');
    expect(await outcome('good.parquet', fixture('measurements-none.parquet'))).toBe('table');
  });

  test('is ended where it hangs', async () => {
    const script = join(built.script, '..', 'hang.mjs');
    await writeFile(script, 'for (;;);');
    const hanging = createDecoder(
      nodeDecoder(() => script),
      { ...DECODER_LIMITS, milliseconds: 300 },
    );
    expect(await outcome('hang.xlsx', new Uint8Array(1), hanging)).toBe('decode/too-slow');
  });

  test('may neither write nor start anything', async () => {
    const script = join(built.script, '..', 'tries.mjs');
    await writeFile(
      script,
      `import { spawnSync } from 'node:child_process'; import { writeFileSync } from 'node:fs';
       const tried = [() => writeFileSync(${JSON.stringify(join(built.script, '..', 'written'))}, ''), () => spawnSync('true')].map((action) => {
         try { action(); return 'did'; } catch (error) { return error.code; }
       });
       process.stdout.write(JSON.stringify([tried, Object.keys(process.env)]));`,
    );
    const reply = await createDecoder(nodeDecoder(() => script)).decodeTable('t', 'a', new Uint8Array(1), options);
    const said: unknown = JSON.parse(new TextDecoder().decode(reply.ok ? reply.value : new Uint8Array()));
    expect(said).toEqual([['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED'], []]);
  });

  test('refuses workbooks made to exhaust it', async () => {
    const book = (sheet: string, more: Record<string, string | Buffer> = {}) =>
      yazlFile({
        'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="s"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="s" Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/worksheets/sheet1.xml': sheet,
        ...more,
      });
    const rows = '<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>';
    expect(await outcome('good.xlsx', await book(`<worksheet><sheetData>${rows}</sheetData></worksheet>`))).toBe(
      'table',
    );
    const entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>';
    expect(await outcome('entities.xlsx', await book(entities))).toBe('xlsx/entities');
    const zeros = Buffer.alloc(12 * 2 ** 20, ' ');
    expect(await outcome('bomb.xlsx', await book(`<worksheet>${zeros.toString('latin1')}</worksheet>`))).toBe(
      'xlsx/too-large',
    );
    const corners = Array.from(
      { length: 200 },
      (_, n) => `<c r="${String.fromCharCode(65 + (n % 26))}${1_048_576 - Math.floor(n / 26)}"><v>1</v></c>`,
    );
    const wide = Array.from(
      { length: 26 * 5 },
      (_, n) =>
        `<c r="${String.fromCharCode(65 + Math.floor(n / 26))}${String.fromCharCode(65 + (n % 26))}1048576"><v>1</v></c>`,
    );
    expect(await outcome('far.xlsx', await book(`<worksheet>${corners.join('')}${wide.join('')}</worksheet>`))).toBe(
      'decode/damaged',
    );
    expect(await outcome('deep.xlsx', await book('<a>'.repeat(1e5)))).toMatch(/^(decode|xlsx)\//);
  });

  test('gives data or a problem for every damaged file, and goes on', async () => {
    const random = createRandom(7, 'mutants');
    const originals = ['measurements-snappy.parquet', 'types.parquet', 'seasons.xlsx', 'as-people-do.xlsx'];
    const codes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const name = originals[index % originals.length]!;
        return outcome(name, mutate(fixture(name), random));
      }),
    );
    for (const code of codes) expect(code).toMatch(/^(table|(decode|parquet|xlsx)\/[a-z-]+)$/);
    expect(codes).not.toContain('decode/broken-reply');
    expect(await outcome('good.xlsx', fixture('seasons.xlsx'))).toBe('table');
  });
});
