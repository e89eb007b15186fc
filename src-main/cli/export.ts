import type { ExportProof } from '../bridge';
import { exportFormats } from '../export';
import { readArguments, refuse } from './arguments';
import type { Command } from './command';
import { encodeExport, parseExportRequest } from './export-request';
import { checkOutputs, writeOutput } from './files';
import { openProject } from './open-experiment';

const formats = Object.values(exportFormats)
  .map(({ id, purpose }) => `  ${id.padEnd(5)} ${purpose}`)
  .join('\n');

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write a saved model in another format.',
  usage: `Usage: layerlab export MODEL FORMAT=PATH …

MODEL is a saved project.

${formats}
`,

  async run(args, io) {
    const [model = '', ...texts] = args;
    readArguments('export', model === '' ? [] : [model], ['MODEL'], {});
    if (texts.length === 0) throw refuse('export', 'FORMAT=PATH is missing.');
    const requests = texts.map((text) => parseExportRequest('export', text));
    await checkOutputs(
      requests.map(({ path }) => path),
      io,
    );
    const project = await openProject(model, io);
    for (const request of requests) {
      const { content, proof } = await encodeExport(request, project.model, null);
      await writeOutput(request.path, content, io);
      io.stdout.write(`${request.path}: ${content.length.toLocaleString('en')} bytes${describeProof(proof)}\n`);
    }
    return 0;
  },
};

function describeProof(proof: ExportProof): string {
  if (proof.kind !== 'reread') return '';
  const { rows, largestDifference } = proof;
  return `, read back: ${rows} rows within ${largestDifference.toPrecision(2)} of the app’s answers`;
}
