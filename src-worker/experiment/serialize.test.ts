import { expect, it } from 'vitest';
import type { Experiment } from './document';
import { parseExperimentText } from './parse';
import { serializeExperiment } from './serialize';

const document = `{
  "format": "layerlab-experiment",
  "version": 2,
  "name": "penguins",
  "data": {
    "source": {
      "files": [
        "penguins.csv"
      ],
      "testFiles": []
    },
    "columns": {
      "__proto__": {
        "role": "ignore"
      },
      "species": {
        "role": "target",
        "type": "category",
        "missing": "most-frequent",
        "scaling": "none",
        "rare": 2,
        "dateOrder": "month-first"
      }
    },
    "missing": "drop",
    "scaling": "min-max",
    "rare": 4,
    "split": {
      "method": "folds",
      "train": 0.8,
      "dev": 0.1,
      "test": 0.1,
      "stratify": false,
      "seed": 3,
      "column": null,
      "folds": 7,
      "fold": 2
    },
    "augmentation": {
      "shift": 2,
      "flip": "horizontal",
      "rotate": 10,
      "noise": 0.05,
      "seed": 4
    },
    "excluded": [
      3,
      17
    ],
    "relabelled": {
      "5": "Adelie",
      "12": 2
    }
  },
  "network": {
    "layers": [
      {
        "kind": "dense",
        "units": 3,
        "activation": "softmax",
        "initializer": {
          "kind": "normal",
          "mean": 0,
          "deviation": 0.25
        }
      }
    ],
    "loss": "cross-entropy",
    "seed": 5
  },
  "training": {
    "optimizer": {
      "kind": "momentum",
      "learningRate": 0.05,
      "beta": 0.9
    },
    "schedule": {
      "kind": "step",
      "every": 4,
      "factor": 0.25
    },
    "batchSize": 16,
    "epochs": 20,
    "l2": 0.001,
    "l1": 0.5,
    "clipNorm": 2,
    "earlyStopping": {
      "patience": 7,
      "minimumImprovement": 0.01
    },
    "seed": 7,
    "classWeights": "balanced"
  }
}
`;

function read(text: string): Experiment {
  const outcome = parseExperimentText(text, 'penguins.json');
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

it('writes back the very text that was read', () => {
  expect(serializeExperiment(read(document))).toBe(document);
});

it('writes the same text whatever the order of the keys in memory', () => {
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, turned(inner)]),
          )
        : value;
  const experiment = read(document);
  // Columns keep the order of the table: it is what the person sees.
  const reversed = {
    ...(turned(experiment) as Experiment),
    data: { ...(turned(experiment.data) as Experiment['data']), columns: experiment.data.columns },
  };
  expect(serializeExperiment(reversed)).toBe(document);
});

it('writes painted points as they are', () => {
  const points = { task: 'classes', x: [0, 1], y: [-1, 0.5], target: ['red', 2] };
  const text = JSON.stringify({ data: { source: { points } }, network: { layers: ['dense'] } });
  expect(JSON.parse(serializeExperiment(read(text)))).toMatchObject({ data: { source: { points } } });
});

it('writes a sample as its settings', () => {
  const text = '{"data": {"source": {"seed": 4, "sample": "xor"}}, "network": {"layers": [{"kind": "dense"}]}}';
  expect(JSON.parse(serializeExperiment(read(text)))).toMatchObject({ data: { source: { sample: 'xor', seed: 4 } } });
});
