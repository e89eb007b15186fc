import { describe, expect, it } from 'vitest';
import type { Assessment, EpochRecord, Metrics, Residuals } from '../../src-worker/api';
import { createCatalog } from '../../src-worker/catalog';
import { startSession } from '../testing/session';
import type { RunRecord } from '../state/run-record';
import { reportHtml, type ReportContent } from './report';

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;`;

const NO_METRICS = {
  ...{ accuracy: null, 'top-k': null, precision: null, recall: null, f1: null },
  ...{ auc: null, rmse: null, mae: null, r2: null },
};
const metrics = (loss: number): Metrics => ({ ...NO_METRICS, loss, accuracy: 1 - loss });

const records: EpochRecord[] = [0, 1, 2, 3].map((epoch) => ({
  epoch,
  step: 4 * epoch,
  train: metrics(0.5 / (epoch + 1)),
  dev: metrics(0.6 / (epoch + 1)),
  ...(epoch > 0 && { learningRate: 0.1, gradientNorm: 1 / epoch }),
}));

async function contentOf(change: Partial<RunRecord> = {}): Promise<ReportContent> {
  const { document } = (await startSession()).experiment;
  const run: RunRecord = {
    ...{ document, path: [], records, marks: [], epoch: 3, step: 12, outcome: 'finished' },
    ...{ best: { epoch: 3, loss: 0.15, part: 'dev' }, evaluations: null },
    ...{ number: 2, name: 'Run 2', pinned: false, overlaid: false, parent: null, era: -1 },
    ...change,
  };
  return { run, task: 'binary', catalog: createCatalog(), answers: null, made: '2026-01-31', version: '1.0.0' };
}

const answers: Assessment = {
  part: 'test',
  metrics: metrics(0.1),
  confusion: {
    classes: ['no', HOSTILE],
    counts: Uint32Array.of(8, 2, 1, 9),
    figures: [
      { support: 10, precision: 8 / 9, recall: 0.8, f1: 0.842 },
      { support: 10, precision: 9 / 11, recall: 0.9, f1: 0.857 },
    ],
  },
};

describe('a report', () => {
  it('holds results, curves, answers, equations, settings and the document', async () => {
    const content = await contentOf();
    const html = reportHtml({ ...content, answers });
    for (const title of ['Results', 'Curves', 'Answers', 'Equations', 'Settings', 'Document']) {
      expect(html).toContain(`<h2>${title}</h2>`);
    }
    expect(html.match(/<svg xmlns/g)).toHaveLength(4); // loss, accuracy, learning rate, gradient norm
    expect(html).toContain('3 epochs, 12 updates, finished');
    expect(html).toMatch(/seed of the weights \d+, of the order \d+/);
    expect(html).toContain('<th scope="row">no</th><td style="background: rgb(79 151 211 / 0.44)">8</td>');
    expect(html).toContain('<math');
    expect(html).toContain('network.layers[0].units');
    expect(html).toContain('&#34;format&#34;');
  });

  it('asks for nothing: no script, no address, a policy that forbids both', async () => {
    const html = reportHtml({ ...(await contentOf()), answers });
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html.match(/<script|<link|<img|<iframe|@import|url\(|<[^>]*\b(src|href)=/gi)).toBeNull();
    expect(html.replaceAll(/http:\/\/www\.w3\.org\/(2000\/svg|1998\/Math\/MathML)/g, '')).not.toMatch(/https?:/);
  });

  it('escapes every name, whoever gave it', async () => {
    const content = await contentOf({ name: HOSTILE });
    const { document } = content.run;
    const layers = document.network.layers;
    const hostile = { ...document, name: HOSTILE, network: { ...document.network, layers } };
    const training = document.training;
    const marks = [{ epoch: 1.5, from: training, to: training, words: HOSTILE }];
    const html = reportHtml({
      ...content,
      answers,
      version: HOSTILE,
      made: HOSTILE,
      run: { ...content.run, document: hostile, marks },
    });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
    expect(html.match(/&#60;script/g)!.length).toBeGreaterThan(6);
  });

  it('shows answers against targets where those are numbers', async () => {
    const residuals: Residuals = {
      ...{ part: 'dev', target: HOSTILE, count: 3 },
      ...{ targets: Float64Array.of(1, 2, 3), answers: Float64Array.of(1.5, 2, 2.5) },
    };
    const html = reportHtml({ ...(await contentOf()), task: 'regression', answers: residuals });
    expect(html.match(/<circle /g)).toHaveLength(3);
    expect(html).toContain('3 examples of the dev part: answer minus target from −0.500 to 0.500');
    expect(html).not.toContain('<script');
  });

  it('says so where nothing was trained, or the weights are not at hand', async () => {
    const html = reportHtml(await contentOf({ records: records.slice(0, 1), epoch: 0, step: 0, best: null }));
    expect(html).toContain('Nothing was trained.');
    expect(html).toContain('go back to it, then save the report again');
  });
});
