import { expect, test } from 'vitest';
import type { Experiment, Outcome, Plane, PlaneChoice, Prediction, TrainerApi } from '../../api';
import { createWasmEngine } from '../../engines';
import { defaultDataSpec } from '../../experiment/defaults';
import { createTrainer } from '../../trainer';
import { loadBuiltKernels } from '../../testing/load-kernels';

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const ROWS = 60;
/** One column of each type; what they say of the kind is learnt by no means perfectly in a few steps. */
const plants = new File(
  [
    'height,leaves,soil,wild,found,kind\n',
    ...Array.from({ length: ROWS }, (_, n) => {
      const day = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
      return `${10 + n},${(n * 7) % 5},${['sand', 'clay', 'clay'][n % 3]},${n % 4 === 0 ? 'no' : 'yes'},${day},${['fern', 'moss', 'herb'][Math.floor(n / 20)]}\n`;
    }),
  ],
  'plants.csv',
);

async function started(steps = 20): Promise<{ trainer: TrainerApi; experiment: Experiment }> {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  unwrap(await trainer.loadData(defaultDataSpec({ files: ['plants.csv'], testFiles: [] }), [plants], []));
  const experiment = unwrap(trainer.suggestExperiment('plants'));
  unwrap(await trainer.build(experiment));
  unwrap(trainer.advance({ steps }));
  return { trainer, experiment };
}

const outputsOf = (predictions: readonly Prediction[]): number[] => predictions.flatMap(({ outputs }) => outputs);
const held = (plane: Plane, column: string) => plane.held.find((field) => field.column === column);

test('of more features, the first two of numbers lie in the plane, and the others are held at what is typical', async () => {
  const { trainer } = await started();
  const plane = unwrap(await trainer.plane({ kind: 'first' }));
  expect(plane.choice).toEqual({ kind: 'features', x: 'height', y: 'leaves' });
  expect(plane.held.map(({ column }) => column)).toEqual(['soil', 'wild', 'found']);
  expect(held(plane, 'soil')).toMatchObject({ names: ['clay', 'sand'], typical: 0 });
  expect(held(plane, 'wild')).toMatchObject({ names: ['no', 'yes'], typical: 1 });
  expect(held(plane, 'found')).toMatchObject({ type: 'date', whole: true });
  const { x, y, part, of } = plane.points;
  expect([x.length, of]).toEqual([ROWS, ROWS]);
  expect(new Set(part)).toEqual(new Set([0, 1, 2]));
  expect([...x].map((height, n) => ((height - 10) * 7) % 5 === y[n])).not.toContain(false);
});

test('the picture is what the network predicts for rows with those values', async () => {
  const { trainer } = await started();
  const choice: PlaneChoice = { kind: 'features', x: 'soil', y: 'height' };
  const plane = unwrap(await trainer.plane(choice));
  const { values, columns, rows, outputs, wrong } = unwrap(
    trainer.boundary({
      plane: choice,
      x: { min: -0.3, max: 1.5, steps: 3 },
      y: { min: 20, max: 60, steps: 2 },
      held: { leaves: 3, wild: 0 },
      judge: true,
    }),
  );
  expect([columns, rows, outputs]).toEqual([3, 2, 3]);
  const days = held(plane, 'found')!.typical;
  const found = new Date(days * 86_400_000).toISOString().slice(0, 16);
  // Between two categories the nearer one counts.
  const soils = ['clay', 'sand', 'sand'];
  const asked = [20, 60].flatMap((height) => soils.map((soil) => ({ height, leaves: 3, soil, wild: 'no', found })));
  const predicted = outputsOf(unwrap(trainer.predict(asked)));
  predicted.forEach((output, at) => expect(values[at]).toBeCloseTo(output, 5));
  expect(wrong).toHaveLength(plane.points.x.length);
});

test('points are judged by their own values, not by where they lie', async () => {
  const { trainer } = await started(5);
  const plane = unwrap(await trainer.plane({ kind: 'components' }));
  const grid = { x: { min: -1, max: 1, steps: 2 }, y: { min: -1, max: 1, steps: 2 } };
  const { wrong } = unwrap(trainer.boundary({ ...grid, plane: { kind: 'components' }, judge: true }));
  const parts = ['train', 'dev', 'test'] as const;
  parts.forEach((part, index) => {
    const { metrics } = unwrap(trainer.assess(part));
    const ofPart = [...wrong!].filter((_, n) => plane.points.part[n] === index);
    const right = ofPart.filter((each) => each === 0).length / ofPart.length;
    expect(right).toBeCloseTo(metrics.accuracy!, 6);
  });
});

test('components say what they are of, and their middle is the mean of the inputs', async () => {
  const { trainer, experiment } = await started();
  const plane = unwrap(await trainer.plane({ kind: 'components' }));
  expect(plane.xAxis).toMatchObject({ name: 'component 1', kind: 'component' });
  const { shares, examples, of, loadings } = plane.components!;
  expect(examples).toBe(of);
  expect(shares[0]).toBeGreaterThan(shares[1]);
  expect(shares[0] + shares[1]).toBeLessThanOrEqual(1);
  expect(loadings[0]!.length).toBe(4);
  const train = [...plane.points.part.keys()].filter((n) => plane.points.part[n] === 0);
  for (const axis of ['x', 'y'] as const) {
    const mean = train.reduce((sum, n) => sum + plane.points[axis][n]!, 0) / train.length;
    expect(Math.abs(mean)).toBeLessThan(1e-5);
  }
  expect(experiment.network.layers).toHaveLength(2);
});

test('units are those of the layer, at a finer and a coarser grid alike', async () => {
  const { trainer, experiment } = await started();
  const [hidden] = experiment.network.layers;
  const units = hidden !== undefined && 'units' in hidden ? hidden.units : 0;
  const grid = (steps: number) => ({ x: { min: 10, max: 60, steps }, y: { min: 0, max: 4, steps } });
  const plane: PlaneChoice = { kind: 'features', x: 'height', y: 'leaves' };
  const all = unwrap(trainer.boundary({ ...grid(3), plane, units: { layer: 1, from: 0, count: units } }));
  const one = unwrap(trainer.boundary({ ...grid(9), plane, units: { layer: 1, from: 2, count: 1 } }));
  expect([all.outputs, one.outputs, all.wrong]).toEqual([units, 1, null]);
  expect(one.values[0]).toBeCloseTo(all.values[2]!, 6);
  expect(one.values[9 * 9 - 1]).toBeCloseTo(all.values[(3 * 3 - 1) * units + 2]!, 6);
  const last = unwrap(trainer.boundary({ ...grid(3), plane, units: { layer: 2, from: 0, count: 3 } }));
  expect(last.values).toEqual(unwrap(trainer.boundary({ ...grid(3), plane })).values);
});

test('over one column the line is drawn, with every example at its class', async () => {
  const { trainer } = await started();
  const choice: PlaneChoice = { kind: 'features', x: 'height', y: null };
  const plane = unwrap(await trainer.plane(choice));
  expect([plane.yAxis, plane.held.length]).toEqual([null, 4]);
  expect([...plane.points.y]).toEqual([...plane.points.target]);
  const { rows, values } = unwrap(
    trainer.boundary({ plane: choice, x: { min: 10, max: 70, steps: 5 }, y: { min: 0, max: 1, steps: 1 } }),
  );
  expect([rows, values.length]).toEqual([1, 15]);
});

test('what cannot be drawn is said, and the run stays as it was', async () => {
  const { trainer } = await started();
  const before = unwrap(trainer.snapshot());
  const grid = { x: { min: 0, max: 1, steps: 2 }, y: { min: 0, max: 1, steps: 2 } };
  const plane: PlaneChoice = { kind: 'features', x: 'height', y: 'leaves' };
  const codes = [
    await trainer.plane({ kind: 'features', x: 'colour', y: 'leaves' }),
    await trainer.plane({ kind: 'features', x: 'leaves', y: 'leaves' }),
    trainer.boundary(grid),
    trainer.boundary({ ...grid, plane, x: { min: 0, max: Infinity, steps: 2 } }),
    trainer.boundary({ ...grid, plane, units: { layer: 9, from: 0, count: 1 } }),
    trainer.boundary({ ...grid, plane, units: { layer: 1, from: 0, count: 257 } }),
  ].map((outcome) => (outcome.ok ? 'none' : outcome.problems[0]!.code));
  expect(codes).toEqual([
    ...['boundary/no-column', 'boundary/same-column', 'boundary/features', 'boundary/request'],
    ...['boundary/units', 'boundary/units'],
  ]);
  expect(unwrap(trainer.snapshot())).toEqual(before);
});

test('images have their components and nothing held', async () => {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  unwrap(await trainer.loadData(defaultDataSpec({ sample: 'digits', examples: 120, noise: 0.2, seed: 1 }), [], []));
  unwrap(await trainer.build(unwrap(trainer.suggestExperiment('digits'))));
  const plane = unwrap(await trainer.plane({ kind: 'first' }));
  expect(plane).toMatchObject({ choice: { kind: 'components' }, held: [], columns: [] });
  const grid = { x: { min: -3, max: 3, steps: 4 }, y: { min: -3, max: 3, steps: 4 } };
  expect(unwrap(trainer.boundary({ ...grid, plane: { kind: 'components' } })).values).toHaveLength(160);
});
