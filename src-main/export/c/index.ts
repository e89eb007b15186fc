import type { FeatureTransform, ModelSnapshot, Preprocessing, Problem, Proof } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import { sizeOf } from '../../../src-worker/tensor';
import { version } from '../../version';
import { fitsIntoCode, wrap } from '../code-text';
import { textFile, type ExportFormat } from '../format';
import { programOf, weightsOf, type Program } from '../program';
import { cColumn, encodeLines, featureFunctions, memberName } from './features';
import { cStep, FUNCTIONS, type CFunction } from './layers';
import { cString, cWeights, hexFloat } from './literals';

const fitsIntoHeader = fitsIntoCode('The C header');

/** One header of C99 that needs the standard library alone; weights to the bit. */
export const c: ExportFormat = {
  id: 'c',
  label: 'C header',
  group: 'code',
  brief: 'programs and devices',
  extension: 'h',
  purpose: 'One C99 header without dependencies, for programs and small devices; scaling and weights inside.',
  options: [],
  takesData: false,
  proves: 'checks-itself',
  cannotHold: (model) => [...fitsIntoHeader(model), ...textsWithNul(model)],
  encode: (model, _options, proof) => succeed([textFile('model.h', cCode(model, proof))]),
  usage: (file) => `cc -std=c99 -DMODEL_MAIN -x c ${JSON.stringify(file)} -lm -o model && ./model`,
};

/** A text of C ends at its first NUL: what lies behind it would be lost in silence. */
function textsWithNul({ experiment, preprocessing: { features, target } }: ModelSnapshot): readonly Problem[] {
  const wordsOf = (feature: FeatureTransform): readonly string[] => [
    feature.column,
    ...(feature.type === 'category' ? [...feature.categories, feature.fill ?? ''] : []),
    ...(feature.type === 'boolean' ? [feature.no, feature.yes] : []),
  ];
  const places: readonly (readonly [string, readonly string[]])[] = [
    ['The name of the project', [experiment.name]],
    ['The target or one of its classes', [target.name, ...target.classes]],
    ...features.map((feature, n) => [`Column ${n + 1} or one of its values`, wordsOf(feature)] as const),
  ];
  return places
    .filter(([, texts]) => texts.some((text) => text.includes('\0')))
    .map(([where]) => ({
      code: 'export/nul',
      message: `${where} holds the sign NUL, at which a text of C ends.`,
      hint: 'Rename it in the data, or choose another format.',
    }));
}

function cCode(model: ModelSnapshot, proof: Proof): string {
  const program = programOf(model);
  const { preprocessing } = program;
  const steps = program.steps.map(cStep);
  const needed = new Set(steps.flatMap(({ needs }) => needs));
  const functions = (Object.keys(FUNCTIONS) as CFunction[]).filter((name) => needed.has(name));
  const { classes, name: target } = preprocessing.target;
  return `/*
 * A network trained in Layerlab ${version}: one raw ${preprocessing.pixels === null ? 'row' : 'image'} in, a named answer out. C99, no dependencies; link with -lm.
 * W and b are the weights and biases of a layer, z its weighted sums, a its activations; a0 is the input x. Arrays are row-major.
 * The arrays in between are static: answer from one thread at a time.
 * Define MODEL_MAIN for a program that checks this file against the app's own answers.
 */
#ifndef LAYERLAB_MODEL_H
#define LAYERLAB_MODEL_H

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODEL_INPUTS = ${sizeOf(program.inputShape)}, MODEL_OUTPUTS = ${program.outputs} };

static const char model_name[] = ${cString(program.name)};
static const char model_target[] = ${cString(target)};
${classes.length > 0 ? `static const char *const model_classes[${classes.length}] = {\n${wrap(classes.map(cString), '  ')}\n};\n` : ''}
${program.steps.flatMap(weightsOf).map(cWeights).join('\n\n')}

${encode(preprocessing)}

${functions.map((name) => `${FUNCTIONS[name]}\n\n`).join('')}/* The outputs [${program.outputs}] of an input x [${program.inputShape.join(', ')}]. */
static inline void model_forward(const double *x, double *outputs) {
  const double *a0 = x;
${steps.flatMap(({ lines }) => lines).join('\n')}
  memcpy(outputs, a${program.steps.at(-1)!.number}, MODEL_OUTPUTS * sizeof *outputs);
}

${answer(program)}

${check(proof, preprocessing)}

#endif
`;
}

function encode({ features, pixels, inputShape }: Preprocessing): string {
  const size = sizeOf(inputShape);
  if (pixels !== null) {
    return `/* A raw image [${inputShape.join(', ')}], values as in the file, 0 to 255 where it holds bytes. */
typedef struct {
  float pixels[${size}];
} model_row;

/* x = (value - offset) * scale of each channel. */
static inline void model_encode(const model_row *row, double *x) {
  static const double offset[] = {${pixels.offset.map(hexFloat).join(', ')}};
  static const double scale[] = {${pixels.scale.map(hexFloat).join(', ')}};
  for (int i = 0; i < MODEL_INPUTS; i++) x[i] = (row->pixels[i] - offset[i / ${size / pixels.offset.length}]) * scale[i / ${size / pixels.offset.length}];
}`;
  }
  const members = features.map((feature, index) => {
    const { type, meaning } = cColumn(feature);
    return `  ${type}${memberName(feature, index)}; /* ${meaning} */`;
  });
  return `/* A raw row. */
typedef struct {
${members.join('\n')}
} model_row;

/* The names of the columns in the data, in the order of the row. */
static const char *const model_columns[${features.length}] = {
${wrap(
  features.map(({ column }) => cString(column)),
  '  ',
)}
};

${featureFunctions(features).join('\n\n')}

/* The network's input x [${size}] of a raw row. */
static inline void model_encode(const model_row *row, double *x) {
${encodeLines(features).join('\n')}
}`;
}

function answer({ preprocessing: { task, target }, outputs }: Program): string {
  const predict = `
/* The answer to a raw row; fills outputs [${outputs}] where it is not NULL. */
static inline model_answer_t model_predict(const model_row *row, double *outputs) {
  double x[MODEL_INPUTS], own[MODEL_OUTPUTS];
  model_encode(row, x);
  model_forward(x, own);
  if (outputs != NULL) memcpy(outputs, own, sizeof own);
  return model_answer(own);
}`;
  if (task === 'regression') {
    return `typedef double model_answer_t;

/* What the outputs of one example mean: a number in the target's own units. */
static inline model_answer_t model_answer(const double *outputs) {
  return outputs[0] * ${hexFloat(target.deviation)} + ${hexFloat(target.mean)};
}
${predict}`;
  }
  const body =
    outputs === 1
      ? '  return model_classes[outputs[0] >= 0.5 ? 1 : 0];'
      : `  int best = 0;
  for (int k = 1; k < MODEL_OUTPUTS; k++)
    if (outputs[k] > outputs[best]) best = k;
  return model_classes[best];`;
  return `typedef const char *model_answer_t;

/* What the outputs of one example mean: the name of a class. */
static inline model_answer_t model_answer(const double *outputs) {
${body}
}
${predict}`;
}

function check({ rows, pixels, count, outputs, part }: Proof, { features, inputShape, task }: Preprocessing): string {
  const size = sizeOf(inputShape);
  const width = outputs.length / count;
  const inputs = Array.from({ length: count }, (_, n) => {
    if (pixels !== null) {
      return `  {{\n${wrap(Array.from(pixels.subarray(n * size, (n + 1) * size), hexFloat), '    ')}\n  }},`;
    }
    const cells = features.map((feature) => cColumn(feature).cell(feature, rows[n]![feature.column] ?? null));
    return `  {${cells.join(', ')}},`;
  });
  const answers = Array.from(
    { length: count },
    (_, n) => `  {${Array.from(outputs.subarray(n * width, (n + 1) * width), hexFloat).join(', ')}},`,
  );
  const print =
    task === 'regression'
      ? 'printf("%.9g\\n", answer);'
      : `printf("%s\\n", answer);
    if (strcmp(answer, model_answer(model_check_outputs[n])) != 0) return INFINITY;`;
  return `/* ${part === 'drawn' ? 'Made-up inputs' : `Inputs of the ${part} part`}, and what Layerlab answered them with. */
static const model_row model_check_rows[${count}] = {
${inputs.join('\n')}
};
static const double model_check_outputs[${count}][${width}] = {
${answers.join('\n')}
};

/* The largest difference from those outputs; infinite where an answer differs. */
static inline double model_check(void) {
  double largest = 0, outputs[MODEL_OUTPUTS];
  for (int n = 0; n < ${count}; n++) {
    model_answer_t answer = model_predict(&model_check_rows[n], outputs);
    ${print}
    for (int k = 0; k < MODEL_OUTPUTS; k++) {
      double difference = fabs(outputs[k] - model_check_outputs[n][k]);
      if (!(difference <= largest)) largest = isnan(difference) ? INFINITY : difference;
    }
  }
  return largest;
}

#ifdef MODEL_MAIN
int main(void) {
  printf("%s answers %s\\n", model_name, model_target);
${features.length > 0 ? `  for (int i = 0; i < ${features.length}; i++) printf("column %d: %s\\n", i + 1, model_columns[i]);\n` : ''}  double largest = model_check();
  printf("${count} rows, largest difference from the app's outputs %.1e\\n", largest);
  return largest <= 1e-4 ? EXIT_SUCCESS : EXIT_FAILURE;
}
#endif`;
}
