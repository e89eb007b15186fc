import { describe, expect, it } from 'vitest';
import type { PeerResult, WorkloadResult } from './measure';
import { networksTable, readmeBlock, replaceBlock } from './readme';
import { bestPeer, growthReport, productReport, readingReport, trainingReport } from './report';
import { speedOf } from './statistics';

function peer(name: string, title: string, seconds: readonly number[], threads = 1): PeerResult {
  return {
    peer: name,
    title,
    platform: { about: 'wasm', threads },
    proof: [0.7, 0.1746965],
    stepsPerRepeat: 100,
    stepsPerSecond: speedOf(100, seconds),
  };
}

function result(workload: string, peers: readonly PeerResult[]): WorkloadResult {
  return {
    workload,
    title: '2 → 1, cross-entropy, SGD, batch 4',
    proves: ['loss after 0 steps', 'loss after 500 steps'],
    flopsPerStep: 20_000,
    peers,
    cannot: [{ peer: 'tiny', cannot: 'it has no such thing' }],
    peaks: [1, 2].map((threads) => ({ threads, flopsPerSecond: speedOf(threads * 1e9, [1, 1, 1]) })),
  };
}

const ours = peer('layerlab', 'The ours', [0.001, 0.002, 0.004], 2);
const node = peer('layerlab-node', 'Ours on Node', [0.001, 0.001, 0.001], 2);
const slow = peer('slow', 'The slow', [1, 1, 2]);
const near = peer('near', 'The near', [0.002, 0.003, 0.004]);

describe('trainingReport', () => {
  it('puts ourselves first, compares every peer with us and all with the peak, and says who cannot', () => {
    expect(trainingReport(result('playground', [ours, slow, near])).split('\n')).toEqual([
      'playground: 2 → 1, cross-entropy, SGD, batch 4',
      '',
      '| peer     | runs on         | steps/s, median (best) | slowest | ours ÷ peer | GFLOP/s | of the peak | loss after 500 steps |',
      '| -------- | --------------- | ---------------------: | ------: | ----------: | ------: | ----------: | -------------------: |',
      '| The ours | wasm, 2 threads |       50,000 (100,000) |  25,000 |             |       1 |        50 % |             0.174697 |',
      '| The slow | wasm, 1 thread  |              100 (100) |      50 |       500 × |   0.002 |       0.1 % |             0.174697 |',
      '| The near | wasm, 1 thread  |        33,300 (50,000) |  25,000 |     ~1.50 × |   0.667 |        33 % |             0.174697 |',
      '',
      'tiny cannot: it has no such thing.',
      '128-bit FMA peak in GFLOP/s, median (best): 1 thread 1 (1), 2 threads 2 (2).',
    ]);
  });

  it('leaves the share out where the peak is not known', () => {
    const text = trainingReport({ ...result('playground', [ours]), peaks: [] });
    expect(text).toContain('no peak to compare with');
    expect(text).not.toContain('%');
  });
});

describe('bestPeer', () => {
  it('is the fastest that is not ours in any form', () => {
    expect(bestPeer(result('playground', [ours, node, slow, near]))?.peer).toBe('near');
    expect(bestPeer(result('playground', [ours, node]))).toBeUndefined();
  });
});

describe('productReport', () => {
  it('has a column for each peer and leaves what is missing empty', () => {
    const lines = productReport([result('NN 1×2×3', [ours, near]), result('TN 1×2×3', [ours])]).split('\n');
    expect(lines.slice(2)).toEqual([
      '| product  | The ours, 2 threads | The near, 1 thread | ours, of the peak |',
      '| -------- | ------------------: | -----------------: | ----------------: |',
      '| NN 1×2×3 |                   1 |              0.667 |              50 % |',
      '| TN 1×2×3 |                   1 |                    |              50 % |',
    ]);
  });
});

describe('growthReport', () => {
  it('sets our step beside that of the fastest peer', () => {
    expect(
      growthReport([result('width-32', [ours, slow, near])])
        .split('\n')
        .at(-1),
    ).toBe('| 2 → 1, batch 4 |        20 µs |       1 |        50 % | The near, 1 thread |    30 µs |     ~1.50 × |');
  });
});

describe('readingReport', () => {
  it('has a line for each file and says who cannot read it', () => {
    const lines = readingReport([result('csv-100k', [ours, slow]), result('npy-1m', [ours])]).split('\n');
    expect(lines.slice(2)).toEqual([
      '| file                               | The ours |    The slow |',
      '| ---------------------------------- | -------: | ----------: |',
      '| 2 → 1, cross-entropy, SGD, batch 4 |    20 µs | 10 ms 500 × |',
      '| 2 → 1, cross-entropy, SGD, batch 4 |    20 µs |      cannot |',
    ]);
  });
});

describe('the tables of README.md', () => {
  const table = networksTable([result('playground', [ours, slow, near]), result('planar', [ours, slow])]);

  it('have a line per peer and a column per network', () => {
    const cells = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells[0]).toEqual(['', '', '`playground`', '`planar`', '']);
    expect(cells.slice(2)).toEqual([
      ['', 'The ours, 2 threads', '50,000 (100,000)', '50,000 (100,000)', ''],
      ['', 'The slow, 1 thread', '100 (100) 500 ×', '100 (100) 500 ×', ''],
      ['', 'The near, 1 thread', '33,300 (50,000) ~1.50 ×', '', ''],
      ['', 'tiny', 'cannot', 'cannot', ''],
      ['', 'Layerlab, of the 128-bit FMA peak', '50 %', '50 %', ''],
    ]);
  });

  it('replace what stands between the marks and nothing else', () => {
    const machine = { cpu: 'A', cores: 2, memoryGiB: 4, system: 'linux', browser: 'B', node: 'C', loadBefore: 0 };
    const suites = { training: [result('playground', [ours, slow])], product: [result('NN 64×784×128', [ours])] };
    const block = readmeBlock({ machine, rounds: 3, repeats: 5, suites });
    const begin = '<!-- bench: written by npm run bench -- --readme -->';
    const text = `# Title\n\n${begin}\n\nold\n\n<!-- /bench -->\n\nafter\n`;
    const once = replaceBlock(text, block);
    expect(once).toContain('NN 64×784×128');
    expect(once).not.toContain('old');
    expect(once.startsWith('# Title\n\n')).toBe(true);
    expect(once.endsWith('<!-- /bench -->\n\nafter\n')).toBe(true);
    expect(replaceBlock(once, block)).toBe(once);
    expect(() => replaceBlock('no marks', block)).toThrow('no place for the tables');
  });
});
