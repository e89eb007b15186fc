import { describe, expect, it } from 'vitest';
import { readOptions } from './options';

describe('readOptions', () => {
  it('measures every workload by default, three rounds of five', () => {
    const options = readOptions([]);
    expect(options.workloads.map(({ name }) => name)).toEqual(['playground', 'mnist-mlp']);
    expect(options).toMatchObject({ rounds: 3, repeats: 5, json: null, peers: null, help: false });
  });

  it('takes a workload, a file and more rounds', () => {
    const options = readOptions(['--workload', 'mnist-mlp', '--json', 'bench.json', '--rounds', '7']);
    expect(options.workloads.map(({ name }) => name)).toEqual(['mnist-mlp']);
    expect(options).toMatchObject({ json: 'bench.json', rounds: 7 });
  });

  it.each([
    [['--workload', 'minst'], "no workload 'minst'. Known: playground, mnist-mlp"],
    [['--rounds', '2'], '--rounds must be a whole number of at least 3'],
    [['--rounds', '3.5'], '--rounds must be'],
    [['--repeats', 'many'], '--repeats must be a whole number of at least 5'],
    [['--frobnicate'], '--frobnicate'],
    [['playground'], 'playground'],
  ])('refuses %j with a sentence', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
