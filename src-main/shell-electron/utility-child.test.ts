import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createDecoder } from '../decode/decoder';
import { memoryByMetrics, utilityDecoder, type Fork } from './utility-child';

/** Electron's utility process as far as it is used: it ends when it is killed. */
class FakeUtility extends EventEmitter {
  readonly posted: unknown[] = [];
  readonly pid = 42;

  postMessage(message: unknown): void {
    this.posted.push(message);
  }

  kill(): boolean {
    return this.emit('exit', 0);
  }
}

function started() {
  const children: FakeUtility[] = [];
  const calls: unknown[][] = [];
  const fork: Fork = (...args) => {
    calls.push(args);
    children.push(new FakeUtility());
    return children.at(-1)!;
  };
  const ofApp = { kilobytes: 1 };
  const metrics = () => [
    { pid: 7, memory: { workingSetSize: 2 ** 40 } },
    { pid: 42, memory: { workingSetSize: ofApp.kilobytes } },
  ];
  const memoryOf = memoryByMetrics({ getAppMetrics: metrics } as never);
  return { children, calls, ofApp, decoder: createDecoder(utilityDecoder(fork, memoryOf, '/app/decoder.js')) };
}

test('a utility process decodes one file, with a small heap and nothing of the environment, and is ended', async () => {
  const { children, calls, decoder } = started();
  const reply = decoder.decodeTable('t', 'a.xlsx', new Uint8Array(1), { sheet: null });
  const [script, args, options] = calls[0]!;
  expect([script, args]).toEqual(['/app/decoder.js', []]);
  expect(options).toMatchObject({ env: {}, stdio: 'ignore', execArgv: ['--max-old-space-size=512'] });
  expect(children[0]!.posted.length).toBe(1);
  children[0]!.emit('message', new Uint8Array([1, 2]));
  expect(await reply).toEqual({ ok: true, value: new Uint8Array([1, 2]) });
});

test('a utility process that dies, or says what is no reply, is a problem', async () => {
  const { children, decoder } = started();
  const [first, second] = ['a', 'b'].map((ticket) =>
    decoder.decodeTable(ticket, 'a.xlsx', new Uint8Array(1), { sheet: null }),
  );
  children[0]!.emit('exit', 5);
  children[1]!.emit('message', { not: 'bytes' });
  for (const reply of [first, second])
    expect(await reply).toMatchObject({ ok: false, problems: [{ code: 'decode/died' }] });
});

test('a utility process that takes more memory than any honest file is ended by itself', async () => {
  vi.useFakeTimers();
  try {
    const { ofApp, children, decoder } = started();
    const reply = decoder.readModel([{ name: 'a.onnx', bytes: new Uint8Array(1) }]);
    vi.advanceTimersByTime(5_000);
    expect(children[0]!.listenerCount('exit')).toBe(1);
    ofApp.kilobytes = 3 * 2 ** 20;
    vi.advanceTimersByTime(100);
    expect(await reply).toMatchObject({ ok: false, problems: [{ code: 'decode/too-large', file: 'a.onnx' }] });
  } finally {
    vi.useRealTimers();
  }
});
