import type { ExportOptions } from '../../bridge';
import type { FeatureTransform, ModelSnapshot, Preprocessing } from '../../../src-worker/api';
import { inputNames } from '../../../src-worker/data/features';
import { PERIODS } from '../../../src-worker/data/features/date';
import { weightsOfClasses } from '../../../src-worker/experiment/class-weights';
import type { ClassWeights } from '../../../src-worker/experiment/document';
import { layers } from '../../../src-worker/layers';
import { losses } from '../../../src-worker/losses';
import { succeed } from '../../../src-worker/problem';
import { version } from '../../version';
import { sizesOf, programOf, weightsOf, type Weights } from '../program';
import { holdsEverything, textFile, type ExportFormat } from '../format';
import { layerEquations, space } from './layers';
import { latexText } from './text';

/** Wider or higher matrices do not fit on a page. */
const WIDEST = 10;
/** Inputs that are listed by name. */
const MOST_INPUTS = 40;

/** The network as a document of its own, in the notes' notation: for reports and slides. */
export const latex: ExportFormat = {
  id: 'latex',
  label: 'LaTeX',
  group: 'report',
  brief: 'equations of the network',
  extension: 'tex',
  purpose: 'The equations of the network in the course’s notation, as a document that compiles by itself.',
  options: [
    {
      name: 'weights',
      label: 'Weights',
      help: 'Writes out the matrices that fit on a page, or none.',
      type: 'choice',
      options: [
        { value: 'small', label: 'Those that fit' },
        { value: 'none', label: 'None' },
      ],
      default: 'small',
    },
  ],
  takesData: false,
  proves: 'nothing',
  cannotHold: holdsEverything,
  encode: (model, options) => succeed([textFile('model.tex', latexCode(model, options))]),
  usage: (file) => `pdflatex ${JSON.stringify(file)}`,
};

function latexCode(model: ModelSnapshot, { weights }: ExportOptions): string {
  const program = programOf(model);
  const { preprocessing, steps } = program;
  const { experiment } = model;
  const last = steps.at(-1)!;
  const sections = steps.map((step) => {
    const { equations, where } = layerEquations(step);
    const label = layers[step.kind].label.toLowerCase();
    const small = weights === 'none' ? [] : weightsOf(step).filter(fitsOnPage);
    return `\\subsection*{Layer ${step.number}: ${label}, $${sizesOf(step.inputShape).replaceAll('×', '\\times')} \\to ${sizesOf(step.outputShape).replaceAll('×', '\\times')}$}
\\begin{align*}
${equations.join(' \\\\\n')}
\\end{align*}
with $${where.join('$, $')}$.
${small.map(matrix).join('\n')}`;
  });
  const loss = losses[experiment.network.loss];
  const count = steps.flatMap(weightsOf).reduce((sum, { values }) => sum + values.length, 0);
  const weightText = classWeightText(experiment.training.classWeights, preprocessing);
  return `% Written by Layerlab ${version}. Compiles with pdflatex, lualatex and xelatex.
\\documentclass[11pt]{article}
\\usepackage{iftex}
\\ifPDFTeX
  \\usepackage[T1]{fontenc}
  \\usepackage[utf8]{inputenc}
\\fi
\\usepackage[a4paper,margin=25mm]{geometry}
\\usepackage{amsmath,amssymb}
\\setlength{\\parindent}{0pt}
\\setcounter{MaxMatrixCols}{${WIDEST}}
\\begin{document}

\\section*{${latexText(program.name)}}

A network with ${steps.length} layers and ${count.toLocaleString('en')} numbers, trained for ${model.state.epoch} epochs.
$W^{[\\ell]}$ and $b^{[\\ell]}$ are the weights and biases of layer $\\ell$, $z^{[\\ell]}$ its weighted sums and $a^{[\\ell]}$ its
activations.

\\subsection*{Input}
\\[ a^{[0]} = x \\in ${space(program.inputShape)} \\]
${inputText(preprocessing)}

${sections.join('\n')}
\\subsection*{Output}
\\[ \\hat{y} = a^{[${last.number}]} \\]
${answerText(preprocessing, program.outputs)}

\\subsection*{Cost}
${loss.label}, over the $m$ training examples, with the loss of a single one:
\\[ J = \\frac{1}{m} \\sum_{i=1}^{m} ${weightText === '' ? '' : 'w_{k(i)}\\, '}\\mathcal{L}\\bigl(\\hat{y}^{(i)}, y^{(i)}\\bigr), \\qquad ${loss.equation} \\]
${weightText}

\\end{document}
`;
}

/** What w is, for the cost above it; empty where every example counts the same. */
function classWeightText(weights: ClassWeights, { target: { classes } }: Preprocessing): string {
  if (weights === 'none' || classes.length === 0) return '';
  const begin = 'Here $k(i)$ is the class of example $i$, and an example of class $k$ counts';
  if (weights === 'balanced')
    return `${begin} $w_k = m / (K m_k)$, where $m_k$ of the $m$ examples are of class $k$ and $K$ classes have any.`;
  const each = weightsOfClasses(weights, classes, []).map((weight, k) => `${latexText(classes[k]!)} $${weight}$`);
  return `${begin} $w_k$: ${each.join(', ')}.`;
}

function fitsOnPage({ shape }: Weights): boolean {
  return shape.length <= 2 && shape.every((size) => size <= WIDEST);
}

const GREEK: Readonly<Record<string, string>> = {
  gamma: '\\gamma',
  beta: '\\beta',
  mean: '\\mu',
  variance: '\\sigma^2',
};

function matrix({ name, shape, values }: Weights): string {
  const [, symbol = name, layer = ''] = /^([A-Za-z]+)(\d+)$/.exec(name) ?? [];
  const perRow = shape.length === 1 ? 1 : shape[1]!;
  const rows: string[] = [];
  for (let from = 0; from < values.length; from += perRow) {
    rows.push(Array.from(values.subarray(from, from + perRow), decimal).join(' & '));
  }
  const letter = GREEK[symbol] ?? symbol;
  const left = symbol === 'variance' ? `(\\sigma^{[${layer}]})^2` : `${letter}^{[${layer}]}`;
  return `\\[ ${left} = \\begin{pmatrix} ${rows.join(' \\\\ ')} \\end{pmatrix} \\]`;
}

function decimal(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '\\text{NaN}' : `${value < 0 ? '-' : ''}\\infty`;
  const text = value.toPrecision(4);
  const [digits, exponent] = text.split('e') as [string, string?];
  return exponent === undefined ? digits : `${digits} \\cdot 10^{${Number(exponent)}}`;
}

/** `(v - 4201) \\cdot 0.00125`. */
function scaled(letter: string, { offset, scale }: { readonly offset: number; readonly scale: number }): string {
  return `(${letter} ${offset < 0 ? '+' : '-'} ${decimal(Math.abs(offset))}) \\cdot ${decimal(scale)}`;
}

/** What each input of a column is, in the order of {@link inputNames}. */
const described = {
  number: (feature) => [`scaled as $${scaled('v', feature)}$`],
  category: (feature) => inputNames([feature]).map(() => '1 where it is this value, else 0'),
  boolean: ({ yes }) => [`1 for ${latexText(yes)}, else 0`],
  date: (feature) => [
    `days $t$ since 1970, scaled as $${scaled('t', feature)}$`,
    ...feature.cycles.flatMap((cycle) =>
      ['sin', 'cos'].map((wave) => `$\\${wave}(2 \\pi t / ${PERIODS[cycle]})$ of the days $t$ since 1970`),
    ),
  ],
} satisfies {
  readonly [T in FeatureTransform['type']]: (feature: Extract<FeatureTransform, { type: T }>) => readonly string[];
};

function inputText({ features, pixels, inputShape }: Preprocessing): string {
  if (pixels !== null) {
    return `$x$ is an image of $${inputShape.join(' \\times ')}$ (channels, height, width) with $x_c = (v_c - o_c)\\, s_c$ for the values $v$ of channel $c$, and
\\[ o = (${pixels.offset.map(decimal).join(',\\; ')}), \\qquad s = (${pixels.scale.map(decimal).join(',\\; ')}). \\]`;
  }
  const items = features.flatMap((feature) => {
    const describe = described[feature.type] as (feature: FeatureTransform) => readonly string[]; // that of its own type
    const texts = describe(feature);
    return inputNames([feature]).map((name, n) => [name, texts[n]!] as const);
  });
  const listed = items
    .slice(0, MOST_INPUTS)
    .map(([name, how], index) => `\\item[$x_{${index + 1}}$] ${latexText(name)}: ${how}`);
  if (listed.length === 0) return '';
  const rest = items.length - listed.length;
  return `\\begin{description}\\setlength{\\itemsep}{0pt}
${listed.join('\n')}
\\end{description}${rest > 0 ? `\nand ${rest.toLocaleString('en')} more.` : ''}`;
}

function answerText({ task, target }: Preprocessing, outputs: number): string {
  const name = latexText(target.name);
  if (task === 'regression') {
    return `The answer, ${name}, is $\\hat{y} \\cdot ${decimal(target.deviation)} + ${decimal(target.mean)}$ in its own units.`;
  }
  const classes = target.classes.slice(0, MOST_INPUTS).map(latexText).join(', ');
  const more = target.classes.length > MOST_INPUTS ? ', \\ldots{}' : '';
  return outputs === 1
    ? `The answer, ${name}, is ${latexText(target.classes[1] ?? '')} where $\\hat{y} \\ge 0.5$, else ${latexText(target.classes[0] ?? '')}.`
    : `The answer, ${name}, is the class of the largest $\\hat{y}_c$, in the order ${classes}${more}.`;
}
