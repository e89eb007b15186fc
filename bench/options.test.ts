import { describe, expect, it } from 'vitest';
import { readOptions } from './options';
import { suites } from './suites';

const CORES = 4;

describe('readOptions', () => {
  it('measures everything by default, three rounds of five, on two threads', () => {
    const options = readOptions([], CORES);
    expect(options.suites).toEqual(suites);
    expect(options).toMatchObject({
      rounds: 3,
      repeats: 5,
      haste: 1,
      threads: 2,
      json: null,
      peers: null,
      help: false,
    });
    expect(readOptions([], 1).threads).toBe(1);
  });

  it('takes a workload, a file and more rounds', () => {
    const options = readOptions(['--workload', 'mnist-mlp', '--json', 'bench.json', '--rounds', '7'], CORES);
    expect(options.suites.map(({ name, workloads }) => [name, ...workloads.map((w) => w.name)])).toEqual([
      ['training', 'mnist-mlp'],
    ]);
    expect(options).toMatchObject({ json: 'bench.json', rounds: 7 });
  });

  it('takes a line of another suite as a workload', () => {
    const options = readOptions(['--workload', 'width-64', '--workload', 'NT 64×784×128'], CORES);
    expect(options.suites.map(({ name, workloads }) => [name, workloads.length])).toEqual([
      ['product', 1],
      ['growth', 1],
    ]);
  });

  it('hurries where asked', () => {
    expect(readOptions(['--quick'], CORES)).toMatchObject({ rounds: 3, repeats: 2, haste: 4 });
  });

  it.each([
    [['--workload', 'minst'], "no workload 'minst'. Known: playground, planar, mnist-mlp, mnist-cnn, wide-mlp"],
    [['--suite', 'products'], "no suite 'products'. Known: training, product, growth"],
    [['--suite', 'growth', '--workload', 'planar'], "no workload 'planar'"],
    [['--rounds', '2'], '--rounds must be a whole number of at least 3'],
    [['--rounds', '3.5'], '--rounds must be'],
    [['--repeats', 'many'], '--repeats must be a whole number of at least 5'],
    [['--threads', '0'], '--threads must be a whole number of at least 1'],
    [['--quick', '--repeats', '7'], '--quick sets the repeats'],
    [['--readme', '--quick'], '--readme takes whole suites at full length'],
    [['--readme', '--workload', 'planar'], '--readme takes whole suites'],
    [['--frobnicate'], '--frobnicate'],
    [['playground'], 'playground'],
  ])('refuses %j with a sentence', (args, message) => {
    expect(() => readOptions(args, CORES)).toThrow(message);
  });
});
