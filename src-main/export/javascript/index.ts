import { succeed } from '../../../src-worker/problem';
import { fitsIntoCode } from '../code-text';
import { textFile, type ExportFormat } from '../format';
import { runScript } from './run-script';
import { SCRIPT_NAMES, scriptCode } from './script';

const exportLine = `\nexport { ${SCRIPT_NAMES.join(', ')} };\n`;

/** One module for Node, browsers, Deno and Bun, with its types as JSDoc. */
export const javascript: ExportFormat = {
  id: 'javascript',
  label: 'JavaScript',
  group: 'code',
  brief: 'one module for the web',
  extension: 'mjs',
  purpose: 'One module with types that depends on nothing, for web pages and Node; scaling and weights inside.',
  options: [],
  takesData: false,
  proves: 'reread',
  cannotHold: fitsIntoCode('JavaScript'),
  encode: (model, _options, proof) => succeed([textFile('model.mjs', scriptCode(model, proof) + exportLine)]),
  reread: ([file], { preprocessing }) => {
    const code = new TextDecoder().decode(file!.bytes);
    return Promise.resolve(runScript(code.slice(0, code.lastIndexOf(exportLine)), preprocessing.inputShape));
  },
  usage: (file) => `import { predict } from ${JSON.stringify(`./${file}`)};`,
};
