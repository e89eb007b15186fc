import { describe, expect, it } from 'vitest';
import { succeed } from '../../src-worker/problem';
import type { Boundary, BoundaryRequest, DataSpec, DataSummary, Outcome } from '../../src-worker/api';
import { BoundaryFeed } from './boundary-feed.svelte';
import { boundaryView, classShares, describeBoundary, levelsOf, levelStep, meaningOf } from './boundary-scene';
import { withRole, withType } from './column-edit';

const alone = { phase: 'training', pace: 'full-speed', info: { threads: 1 } } as const;
const summary: DataSummary = {
  title: 'flower',
  kind: 'sample',
  rows: 2,
  usedRows: 2,
  excluded: 0,
  relabelled: 0,
  columns: [],
  target: 'class',
  task: 'binary',
  taskReason: '',
  classes: ['red', 'blue'],
  classCounts: [1, 1],
  trainCounts: [1, 1],
  inputShape: [2],
  featureNames: ['x1', 'x2'],
  parts: { train: 2, dev: 0, test: 0 },
  warnings: [],
  workbook: null,
  preview: [],
  imageReading: null,
  images: [],
  variants: [],
  points: {
    xName: 'x1',
    yName: 'x2',
    x: Float32Array.of(0, 10),
    y: Float32Array.of(-1, 1),
    target: Float32Array.of(0, 1),
    part: Uint8Array.of(0, 0),
  },
};

const unjudged = { wrong: null, ms: 1 };

describe('boundaryView', () => {
  it('is a padded plane of 100 × 100 for two features', () => {
    const view = boundaryView(summary)!;
    expect(view.kind).toBe('plane');
    expect(view.request.x).toEqual({ min: -0.8, max: 10.8, steps: 100 });
    expect(view.request.y.steps).toBe(100);
    expect(view.meaning).toEqual({ kind: 'classes', count: 2 });
  });

  it('is a curve for one feature, coloured by nothing but the data', () => {
    const view = boundaryView({ ...summary, task: 'regression', featureNames: ['x1'], classes: [] })!;
    expect(view.kind).toBe('curve');
    expect(view.request.y.steps).toBe(1);
    expect(view.meaning).toEqual({ kind: 'values', range: { min: 0, max: 1 } });
  });

  it('is none without points', () => expect(boundaryView({ ...summary, points: null })).toBeNull());
});

describe('describeBoundary', () => {
  const boundary: Boundary = {
    columns: 2,
    rows: 2,
    outputs: 1,
    values: Float32Array.of(0.1, 0.2, 0.3, 0.9),
    ...unjudged,
  };

  it('says how the plane is divided', () => {
    expect(describeBoundary(boundaryView(summary)!, summary, boundary)).toBe(
      '2 points of x1 and x2 over the network’s answers: red on 75.0\u202f%, blue on 25.0\u202f% of the plane.',
    );
  });

  it('says the range of a regression', () => {
    const regression: DataSummary = { ...summary, task: 'regression', classes: [] };
    expect(describeBoundary(boundaryView(regression)!, regression, boundary)).toContain('from 0.100 to 0.900');
  });

  it('counts several outputs by the largest', () => {
    const three: Boundary = {
      columns: 2,
      rows: 1,
      outputs: 3,
      values: Float32Array.of(0.2, 0.5, 0.3, 0.1, 0.1, 0.8),
      ...unjudged,
    };
    expect(classShares(three, 3)).toEqual([0, 0.5, 0.5]);
  });
});

describe('the lines of equal answers', () => {
  const view = boundaryView(summary)!;
  const regression = boundaryView({ ...summary, task: 'regression', classes: [] })!;
  const slope: Boundary = { columns: 2, rows: 2, outputs: 1, values: Float32Array.of(-0.31, 0, 0.3, 0.9), ...unjudged };

  it('lie where neither of two classes is likelier, at round values of a number, and at 0 of a unit', () => {
    expect(levelsOf(view, slope)).toEqual([0.5]);
    expect(levelsOf({ ...view, meaning: { kind: 'classes', count: 3 } }, slope)).toEqual([]);
    expect(levelStep(regression)).toBe(0.2);
    expect(levelsOf(regression, slope).map((level) => Number(level.toFixed(3)))).toEqual([-0.2, 0, 0.2, 0.4, 0.6, 0.8]);
    expect(levelsOf({ ...view, meaning: { kind: 'signed' } }, slope)).toEqual([0]);
  });

  it('and a unit’s colours reach to the next round number on both sides', () => {
    const signed = { ...view, meaning: { kind: 'signed' } } as const;
    expect(meaningOf(signed, slope)).toEqual({ kind: 'values', range: { min: -1, max: 1 } });
  });
});

describe('BoundaryFeed', () => {
  it('asks one at a time and only for the newest wish', async () => {
    const asked: number[] = [];
    const answers: ((outcome: Outcome<Boundary>) => void)[] = [];
    const source = {
      boundary: (request: BoundaryRequest) => {
        asked.push(request.x.max);
        return new Promise<Outcome<Boundary>>((resolve) => answers.push(resolve));
      },
    };
    const feed = new BoundaryFeed(source, () => alone);
    const request = (max: number) => ({ x: { min: 0, max, steps: 1 }, y: { min: 0, max: 1, steps: 1 } });
    const picture: Boundary = { columns: 1, rows: 1, outputs: 1, values: Float32Array.of(1), ...unjudged };
    const asksReach = (count: number) => expect.poll(() => asked.length).toBe(count);

    feed.ask(request(1));
    await asksReach(1);
    // The first answer says what a point costs, the second is the picture.
    answers[0]!({ ok: true, value: picture });
    await asksReach(2);
    for (const max of [2, 3, 4]) feed.ask(request(max));
    expect(asked).toEqual([1, 1]);
    answers[1]!({ ok: true, value: picture });
    await asksReach(3);
    expect(asked).toEqual([1, 1, 4]);
    expect(feed.current).toBe(picture);
    answers[2]!({ ok: false, problems: [] });
    await expect.poll(() => feed.current).toBeNull();
    expect(asked).toEqual([1, 1, 4]);
  });

  it('draws a picture as fine as 40 ms allow while training goes on and 1,000 at rest, and no finer than asked for', async () => {
    const asked: number[] = [];
    let msPerPoint = 0.001;
    const source = {
      boundary: ({ x, y }: BoundaryRequest) => {
        asked.push(x.steps);
        const value = { columns: x.steps, rows: y.steps, outputs: 1, values: new Float32Array(), wrong: null };
        return Promise.resolve(succeed({ ...value, ms: msPerPoint * x.steps * y.steps }));
      },
    };
    const feed = new BoundaryFeed(source, () => alone);
    const request = { x: { min: 0, max: 1, steps: 100 }, y: { min: 0, max: 1, steps: 100 } };
    feed.ask(request, false);
    await expect.poll(() => asked).toEqual([24, 100]);
    msPerPoint = 0.1;
    feed.ask(request, false);
    await expect.poll(() => asked).toEqual([24, 100, 100]);
    feed.ask(request, false);
    await expect.poll(() => asked).toEqual([24, 100, 100, 100]);
    feed.ask(request, true);
    await expect.poll(() => asked).toEqual([24, 100, 100, 100, 20]);
  });
});

describe('edits of columns', () => {
  const data = { columns: { island: { type: 'category', role: 'target' } } } as unknown as DataSpec;

  it('change a type and keep the role', () => {
    expect(withType(data, 'island', 'number').columns['island']).toEqual({ type: 'number', role: 'target' });
  });

  it('leave one target', () => {
    expect(withRole(data, 'species', 'target', 'island').columns).toEqual({
      island: { type: 'category', role: 'feature' },
      species: { role: 'target' },
    });
    expect(withRole(data, 'island', 'ignore', 'island').columns['island']?.role).toBe('ignore');
  });
});
