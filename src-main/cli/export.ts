import { exportFormats } from '../export';
import { readArguments, refuse } from './arguments';
import type { Command } from './command';
import { encodeExport, parseExportRequest } from './export-request';
import { checkOutputs, writeOutput } from './files';
import { openProject, unwrap } from './open-experiment';

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
      const bytes = unwrap(encodeExport(request, project.model));
      await writeOutput(request.path, bytes, io);
      io.stdout.write(`${request.path}: ${bytes.length.toLocaleString('en')} bytes\n`);
    }
    return 0;
  },
};
