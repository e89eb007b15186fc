import type { ModelSnapshot, Preprocessing, Problem, Proof } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import { fitsIntoCode, quote } from '../code-text';
import { textFile, type ExportFormat } from '../format';
import { scriptCode } from '../javascript/script';
import { runScript } from '../javascript/run-script';
import { scriptRow } from '../javascript/literals';
import { fieldsCode } from './fields';
import { IMAGE_SCRIPT, TABLE_SCRIPT } from './page-script';
import { STYLE } from './style';

const MODEL_BEGINS = '<script id="model">\n';
const MODEL_ENDS = '\n</script>';

const fitsIntoPage = fitsIntoCode('The web page');

/** A page that works from a file, without a network: it asks for the inputs and answers. */
export const html: ExportFormat = {
  id: 'html',
  label: 'Web page',
  group: 'run',
  brief: 'a page to pass on',
  extension: 'html',
  purpose: 'One page to pass on: asks for the inputs, or takes a drawing or an image, and answers offline.',
  options: [],
  takesData: false,
  proves: 'reread',
  cannotHold: (model) => [...fitsIntoPage(model), ...withoutSize(model)],
  encode: (model, _options, proof) => succeed([textFile('model.html', pageCode(model, proof))]),
  reread: ([file], { preprocessing }) => {
    const page = new TextDecoder().decode(file!.bytes);
    const begin = page.indexOf(MODEL_BEGINS) + MODEL_BEGINS.length;
    return Promise.resolve(runScript(page.slice(begin, page.indexOf(MODEL_ENDS, begin)), preprocessing.inputShape));
  },
  usage: (file) => `open ${JSON.stringify(file)} in a browser`,
};

/** A page can draw on an image, not on a row of pixels whose width nobody knows. */
function withoutSize({ preprocessing: { pixels, inputShape } }: ModelSnapshot): readonly Problem[] {
  if (pixels === null || inputShape.length === 3) return [];
  return [
    {
      code: 'export/no-image-size',
      message: 'The network takes pixels in a row, and a page cannot know the width of the image they make.',
      hint: 'Choose JavaScript, and hand it the pixels.',
    },
  ];
}

function pageCode(model: ModelSnapshot, proof: Proof): string {
  const { preprocessing } = model;
  const images = preprocessing.pixels !== null;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src blob: data:">
<title>Model</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1 id="title"></h1>
<p id="check"></p>
</header>
<div class="columns">
${images ? IMAGE_FORM : TABLE_FORM}
<section aria-live="polite">
<p id="asked"></p>
<output id="result"></output>
<ol id="classes"></ol>
</section>
</div>
</main>
${MODEL_BEGINS}${scriptCode(model, proof)}${MODEL_ENDS}
<script id="page">
${images ? imageCode(preprocessing, proof) : `${fieldsCode(preprocessing, proof.rows[0] ?? {})}\n${readingsCode(preprocessing)}`}
${images ? IMAGE_SCRIPT : TABLE_SCRIPT}</script>
</body>
</html>
`;
}

const TABLE_FORM = '<section><form id="form" class="columns" autocomplete="off"></form></section>';
const IMAGE_FORM = `<section>
<canvas id="canvas" aria-label="Draw here, or choose or drop an image"></canvas>
<div class="row"><button id="clear" type="button">Clear</button><span id="seen" hidden>The network sees it centred:</span></div>
<label><span>Image file</span><input id="file" type="file" accept="image/*"></label>
</section>`;

/** How the columns of dates are read, by name. */
function readingsCode({ features }: Preprocessing): string {
  const dates = features.flatMap((feature) => (feature.type === 'date' ? [feature] : []));
  const entries = dates.map(
    ({ column, dates: { order, numbers } }) =>
      `[${quote(column)}]: { dayFirst: ${order === 'day-first'}, unit: ${quote(numbers)} }`,
  );
  return `const readings = ${entries.length === 0 ? scriptRow([]) : `{ ${entries.join(', ')} }`};`;
}

/**
 * White ink on black paper where the images of the proof are dark on the whole. What is drawn is centred as MNIST centres digits where such are
 * what the network takes: 28 × 28, white on black, classes of one figure.
 */
function imageCode({ inputShape, pixels, target }: Preprocessing, proof: Proof): string {
  const [channels, height, width] = inputShape;
  const values = Array.from(proof.pixels ?? []);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const darkPaper = mean < 128;
  const digits = darkPaper && String(inputShape) === '1,28,28' && target.classes.every((name) => /^\d$/.test(name));
  return `const image = { channels: ${channels}, height: ${height}, width: ${width}, fit: ${quote(pixels?.fit ?? 'contain')}, darkPaper: ${darkPaper}, centred: ${digits} };`;
}
