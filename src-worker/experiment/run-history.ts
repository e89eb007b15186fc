import type { BestEpoch, EpochRecord, Evaluations, MetricKind, Metrics } from '../api';
import type { Experiment } from './document';
import { Findings, describeValue, pathTo } from './findings';
import { locateSyntaxError } from './json-syntax';
import { parseExperiment } from './parse';
import { readList, readObject, type ReadObject } from './read';
import { metrics } from '../metrics';
import { fail, succeed, type Outcome, type Problem } from '../problem';

/** A run that another program made of an exported experiment: what it has to show, without its weights. */
export interface RunHistory {
  readonly experiment: Experiment;
  /** What trained it, in its own words: `PyTorch 2.4.0, 8 processes`. */
  readonly by: string;
  readonly epoch: number;
  readonly step: number;
  readonly outcome: (typeof OUTCOMES)[number];
  readonly best: BestEpoch | null;
  readonly records: readonly EpochRecord[];
  readonly evaluations: Evaluations | null;
}

export const HISTORY_FORMAT = 'layerlab-history';
const OUTCOMES = ['stopped', 'finished', 'early'] as const;
const MOST_RECORDS = 1_000_000;
const LONGEST_BY = 200;
const KINDS = Object.keys(metrics) as MetricKind[];

/** Whether the beginning of a JSON file says that it is such a history. */
export function isRunHistory(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"layerlab-history"/.test(text);
}

/** Reads the `history.json` of an export that trains elsewhere; says everything that is wrong with it. Never throws. */
export function parseRunHistory(text: string, file: string): Outcome<RunHistory> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, expected } = locateSyntaxError(text);
    return fail(damaged(file, `at character ${offset + 1}, ${expected} was expected`));
  }
  const findings = new Findings();
  const root = readObject(value, '', null, findings);
  if (root.get('format') !== HISTORY_FORMAT || root.get('version') !== 1) {
    return fail(damaged(file, 'it does not say that it is a history of version 1'));
  }
  const experiment = parseExperiment(root.get('experiment'));
  if (!experiment.ok) return fail(...experiment.problems.map((problem) => ({ ...problem, file })));
  const records = readList(root.get('history'), 'history', findings);
  if (records.length > MOST_RECORDS) return fail(damaged(file, `it has ${records.length} epochs`));
  const outcome = OUTCOMES.find((each) => each === root.get('outcome'));
  if (outcome === undefined) wrong('outcome', root.get('outcome'), `one of ${OUTCOMES.join(', ')}`, findings);
  const by = root.get('by');
  const history: RunHistory = {
    experiment: experiment.value,
    by: typeof by === 'string' ? by.slice(0, LONGEST_BY) : '',
    epoch: readCount(root, 'epoch', findings),
    step: readCount(root, 'step', findings),
    outcome: outcome ?? 'stopped',
    best: readBest(root.get('best'), findings),
    records: records.map((record, i) => readRecord(record, `history[${i}]`, findings)),
    evaluations: readEvaluations(root.get('evaluations'), findings),
  };
  const rising = history.records.every(({ epoch }, i) => i === 0 || epoch > history.records[i - 1]!.epoch);
  if (!rising) findings.add('order', 'history', 'history must have rising epochs.', 'Drop the file as it was written.');
  return findings.clean ? succeed(history) : fail(...findings.problems().map((problem) => ({ ...problem, file })));
}

function readRecord(value: unknown, path: string, findings: Findings): EpochRecord {
  const record = readObject(value, path, null, findings);
  const [rate, norm] = [record.get('learningRate'), record.get('gradientNorm')];
  return {
    epoch: readCount(record, 'epoch', findings),
    step: readCount(record, 'step', findings),
    train: readMetrics(record.get('train'), pathTo(path, 'train'), findings),
    dev: readOptional(record, 'dev', findings),
    ...(typeof rate === 'number' && { learningRate: rate }),
    ...(typeof norm === 'number' && { gradientNorm: norm }),
  };
}

function readOptional(object: ReadObject, key: string, findings: Findings): Metrics | null {
  const value = object.get(key);
  return value === null || value === undefined ? null : readMetrics(value, pathTo(object.path, key), findings);
}

function readMetrics(value: unknown, path: string, findings: Findings): Metrics {
  const object = readObject(value, path, null, findings);
  const figures = KINDS.map((kind) => [kind, readFigure(object, kind, findings)] as const);
  const loss = readFigure(object, 'loss', findings);
  if (loss === null) wrong(pathTo(path, 'loss'), null, 'a number', findings);
  return { loss: loss ?? 0, ...(Object.fromEntries(figures) as Record<MetricKind, number | null>) };
}

/** A number, or null where it was not measured. */
function readFigure(object: ReadObject, key: string, findings: Findings): number | null {
  const value = object.get(key) ?? null;
  if (value === null || typeof value === 'number') return value;
  wrong(pathTo(object.path, key), value, 'a number or null', findings);
  return null;
}

function readEvaluations(value: unknown, findings: Findings): Evaluations | null {
  if (value === null || value === undefined) return null;
  const object = readObject(value, 'evaluations', null, findings);
  return {
    train: readMetrics(object.get('train'), 'evaluations.train', findings),
    dev: readOptional(object, 'dev', findings),
    test: readOptional(object, 'test', findings),
  };
}

function readBest(value: unknown, findings: Findings): BestEpoch | null {
  if (value === null || value === undefined) return null;
  const object = readObject(value, 'best', null, findings);
  const loss = readFigure(object, 'loss', findings) ?? 0;
  return { epoch: readCount(object, 'epoch', findings), loss, part: object.get('part') === 'dev' ? 'dev' : 'train' };
}

function readCount(object: ReadObject, key: string, findings: Findings): number {
  const value = object.get(key);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  wrong(pathTo(object.path, key), value, 'a whole number of at least 0', findings);
  return 0;
}

function wrong(path: string, value: unknown, expected: string, findings: Findings): void {
  const message = `${path} must be ${expected}, but is ${describeValue(value)}.`;
  findings.add('history', path, message, 'Drop the file as train.py wrote it.');
}

function damaged(file: string, what: string): Problem {
  return {
    code: 'history/damaged',
    message: `${file} is no whole history of a run: ${what}.`,
    hint: 'Drop the history.json that train.py wrote, unchanged.',
    file,
  };
}
