import katex from 'katex';
import type { Catalog, CatalogEntry, Experiment } from '../../src-worker/api';
import { WEIGHTED_COST } from '../../src-worker/experiment/class-weights';
import { isEnabled } from '../../src-worker/experiment/enabled';
import { equationLines, withLayerNumber } from '../inspector/equation-source';
import { activationEntry, entryOf, layerName } from '../state/layers';
import { escapeHtml } from './escape-html';

/** The equations of every layer that is switched on, of the loss and of the optimizer, as MathML, each with its source. */
export function equationsHtml({ network, training }: Experiment, catalog: Catalog): string {
  const layers = network.layers.map((layer, index) => {
    if (!isEnabled(layer)) return '';
    const before = network.layers.slice(0, index).findLastIndex(isEnabled) + 1;
    const entries = [entryOf(catalog.layers, layer.kind), activationEntry(layer, catalog)].filter(
      (entry) => entry !== null,
    );
    const lines = entries.flatMap(({ equation }) => equationLines(withLayerNumber(equation, index + 1, before)));
    return equations(`Layer ${index + 1}: ${layerName(layer, catalog)}`, lines, entries);
  });
  const loss = entryOf(catalog.losses, network.loss);
  const optimizer = entryOf(catalog.optimizers, training.optimizer.kind);
  const weighted = training.classWeights === 'none' ? [] : [WEIGHTED_COST];
  return [
    ...layers,
    equations(`Loss: ${loss.label}`, [...equationLines(loss.equation), ...weighted], [loss]),
    equations(`Update: ${optimizer.label}`, equationLines(optimizer.equation.replaceAll('[\\ell]', '[l]')), [
      optimizer,
    ]),
  ].join('\n');
}

function equations(title: string, lines: readonly string[], entries: readonly CatalogEntry[]): string {
  const source = entries.map((entry) => entry.source).filter((each) => each !== '');
  const set = lines.map(
    (line) =>
      `<div class="equation">${katex.renderToString(line, { output: 'mathml', throwOnError: false, displayMode: false })}</div>`,
  );
  return `<h3>${escapeHtml(title)}</h3>\n${set.join('\n')}\n<p>${escapeHtml(source.join(' · '))}</p>`;
}
