import { losses } from '../losses';
import { fail, succeed, type Outcome, type Problem } from '../problem';
import type { DataSpec, Experiment, LossKind, NetworkSpec } from './document';
import { DEFAULT_NAME, FORMAT, VERSION, lossFor } from './defaults';
import { networkFields } from './fields';
import { Findings, describeValue, pathTo } from './findings';
import { locateSyntaxError } from './json-syntax';
import { migrate, versionOf } from './migrations';
import type { RawDocument } from './migrations/migration';
import { readData } from './read-data';
import { readLayer } from './read-layer';
import { readTraining } from './read-training';
import { readList, readName, readNumber, readObject } from './read';

/** A name is shown in the title bar and becomes a file name: this is as long as file systems take it. */
const LONGEST_NAME = 200;

/**
 * Turns any JSON value into an experiment with every default filled in, or says everything that is wrong with it: each
 * problem names its path, what was found and what to do. Never throws.
 */
export function parseExperiment(value: unknown): Outcome<Experiment> {
  const raw = present(value);
  if (!raw.ok) return raw;
  const findings = new Findings();
  const root = readObject(raw.value, '', ['format', 'version', 'name', 'data', 'network', 'training'], findings);
  const experiment: Experiment = {
    format: FORMAT,
    version: VERSION,
    name: readTitle(root.get('name'), 'name', findings),
    data: readData(root.get('data'), 'data', findings),
    network: readNetwork(root.get('network'), 'network', findings),
    training: readTraining(root.get('training'), 'training', findings),
  };
  return findings.clean ? succeed(experiment) : fail(...findings.problems());
}

/** As {@link parseExperiment}, for the `data` section alone; paths begin with `data`. */
export function parseDataSpec(value: unknown): Outcome<DataSpec> {
  const findings = new Findings();
  const data = readData(value, 'data', findings);
  return findings.clean ? succeed(data) : fail(...findings.problems());
}

/** As {@link parseExperiment}, from the text of a file. A syntax error names its line and column; every problem names the file. */
export function parseExperimentText(text: string, fileName: string): Outcome<Experiment> {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return fail(describeSyntaxError(json, fileName));
  }
  const parsed = parseExperiment(value);
  return parsed.ok ? parsed : fail(...parsed.problems.map((problem) => ({ ...problem, file: fileName })));
}

function describeSyntaxError(json: string, file: string): Problem {
  if (json.trim() === '') {
    return {
      code: 'experiment/empty',
      message: `${file} is empty.`,
      hint: 'Choose an experiment that Layerlab saved, or write a document as docs/experiment-format.md describes.',
      file,
    };
  }
  const { offset, expected } = locateSyntaxError(json);
  const before = json.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const found =
    offset < json.length
      ? `found ${JSON.stringify(String.fromCodePoint(json.codePointAt(offset) ?? 0))}`
      : 'the text ends there';
  return {
    code: 'experiment/syntax',
    message: `${file} is not valid JSON: at line ${line}, column ${column}, ${expected} was expected, but ${found}.`,
    hint: 'Mend the text at that place; a comma, quote or bracket is often missing just before it.',
    file,
    line,
    column,
  };
}

/**
 * The document as one of the present version. Fails where the rest is not worth reading: another format, or a version whose meaning this program
 * cannot know.
 */
function present(value: unknown): Outcome<RawDocument> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail({
      code: 'experiment/not-an-object',
      message: `An experiment must be a JSON object, but this is ${describeValue(value)}.`,
      hint: 'Write { "data": …, "network": { "layers": … } } as docs/experiment-format.md describes.',
      path: '',
    });
  }
  const document = value as RawDocument;
  const format = Object.hasOwn(document, 'format') ? document['format'] : undefined;
  if (format !== undefined && format !== FORMAT) {
    return fail({
      code: 'experiment/format',
      message: `format is ${describeValue(format)}, so this is not a Layerlab experiment.`,
      hint: `Choose another file, or write "${FORMAT}".`,
      path: 'format',
    });
  }
  const version = versionOf(document);
  if (version !== null && version <= VERSION) return succeed(migrate(document, version));
  return fail({
    code: version === null ? 'experiment/version' : 'experiment/newer-version',
    message:
      version === null
        ? `version must be a whole number from 1 to ${VERSION}, but is ${describeValue(document['version'])}.`
        : `This experiment is of version ${version}; this Layerlab reads versions up to ${VERSION}.`,
    hint: version === null ? `Write ${VERSION}.` : 'Open it with a newer Layerlab; nothing was changed.',
    path: 'version',
  });
}

function readTitle(value: unknown, path: string, findings: Findings): string {
  if (value === undefined) return DEFAULT_NAME;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_NAME) return value;
  const found =
    typeof value === 'string' && value.length > LONGEST_NAME ? `has ${value.length}` : `is ${describeValue(value)}`;
  findings.add(
    'name',
    path,
    `${path} must be a text of 1 to ${LONGEST_NAME} characters, but ${found}.`,
    'Write a short name, or leave it out.',
  );
  return DEFAULT_NAME;
}

function readNetwork(value: unknown, path: string, findings: Findings): NetworkSpec {
  const network = readObject(value, path, ['layers', 'loss', 'seed'], findings);
  const layersPath = pathTo(path, 'layers');
  const given = network.get('layers');
  const list = readList(given, layersPath, findings);
  // An empty list is a network that somebody has just begun, or taken apart: a document to be kept, if none to be trained.
  if (given === undefined) {
    findings.add(
      'no-layers',
      layersPath,
      `${layersPath} is missing.`,
      'Write a list with a layer such as { "kind": "dense", "units": 1, "activation": "sigmoid" }.',
    );
  }
  const read = list
    .map((layer, index) => readLayer(layer, pathTo(layersPath, index), findings))
    .filter((layer) => layer !== null);
  const loss = network.get('loss');
  const lossPath = pathTo(path, 'loss');
  return {
    layers: read,
    loss:
      loss === undefined
        ? lossFor(read)
        : ((readName(loss, lossPath, Object.keys(losses), 'unknown-kind', findings) ?? lossFor(read)) as LossKind),
    seed: readNumber(network.get('seed'), pathTo(path, 'seed'), networkFields.seed, findings),
  };
}
