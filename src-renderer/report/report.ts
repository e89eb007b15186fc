import type { Assessment, Catalog, Residuals, Task } from '../../src-worker/api';
import { formatCount } from '../charts/format';
import { curveMetrics } from '../stage/curve-metric';
import { describeMark } from '../state/run-marks';
import type { RunRecord } from '../state/run-record';
import { finalMetrics } from '../state/runs-csv';
import { formatSetting, settingsOf } from '../state/settings-difference';
import { escapeHtml } from './escape-html';
import { confusionHtml } from './report-confusion';
import { curvesHtml } from './report-curves';
import { equationsHtml } from './report-equations';
import { residualsHtml } from './report-residuals';
import { REPORT_STYLE } from './report-style';

/** Everything that a report tells of one run. */
export interface ReportContent {
  readonly run: RunRecord;
  readonly task: Task;
  readonly catalog: Catalog;
  /** Of its last weights; null where they are not at hand. */
  readonly answers: Assessment | Residuals | null;
  /** When it was made, as ISO 8601 writes a day. */
  readonly made: string;
  /** Of the app. */
  readonly version: string;
}

const OUTCOMES = { stopped: 'stopped', finished: 'finished', early: 'stopped early', diverged: 'diverged' } as const;

/**
 * One run as one page that asks for nothing from anywhere: curves as vectors, equations as MathML, no script. Its policy forbids the rest.
 * Every text of the run is escaped.
 */
export function reportHtml(content: ReportContent): string {
  const { run, made, version } = content;
  const { document, name, epoch, step, outcome } = run;
  const title = `${document.name}: ${name}`;
  const facts = [
    `${formatCount(epoch)} epochs, ${formatCount(step)} updates, ${OUTCOMES[outcome]}`,
    `seed of the weights ${document.network.seed}, of the order ${document.training.seed}, of the split ${document.data.split.seed}`,
    ...(run.best === null ? [] : [`lowest ${run.best.part} loss at epoch ${formatCount(run.best.epoch)}`]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
${facts.map((fact) => `<p>${escapeHtml(fact)}</p>`).join('\n')}
</header>
${section('Results', resultsHtml(content))}
${section('Curves', curvesHtml(content))}
${marksHtml(run)}
${section('Answers', answersHtml(content))}
${section('Equations', equationsHtml(document, content.catalog))}
${section('Settings', settingsHtml(run))}
${section('Document', `<pre>${escapeHtml(JSON.stringify(document, null, 2))}</pre>`)}
<footer>Made by Layerlab ${escapeHtml(version)} on ${escapeHtml(made)}.</footer>
</main>
</body>
</html>
`;
}

function section(title: string, html: string): string {
  return `<section>\n<h2>${title}</h2>\n${html}\n</section>`;
}

function resultsHtml({ run, task, catalog }: ReportContent): string {
  const finals = finalMetrics(run);
  const parts = (['train', 'dev', 'test'] as const).filter((part) => finals[part] !== null);
  const metrics = curveMetrics(task, catalog.metrics).filter((metric) =>
    parts.some((part) => metric.read(finals[part]) !== null),
  );
  const head = metrics.map(({ label }) => `<th scope="col">${escapeHtml(label)}</th>`).join('');
  const rows = parts.map(
    (part) =>
      `<tr><th scope="row">${part}</th>${metrics.map((metric) => `<td>${metric.format(metric.read(finals[part]))}</td>`).join('')}</tr>`,
  );
  return `<table><thead><tr><th scope="col">Part</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function marksHtml({ marks }: RunRecord): string {
  if (marks.length === 0) return '';
  const rows = marks.map(
    (mark) =>
      `<tr><th scope="row">${mark.epoch.toFixed(1)}</th><td class="text">${escapeHtml(describeMark(mark))}</td></tr>`,
  );
  return section(
    'Changes during the run',
    `<table><thead><tr><th scope="col">Epoch</th><th scope="col" class="text">Change</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

function answersHtml({ answers }: ReportContent): string {
  if (answers === null)
    return '<p>The last weights of this run are not those on the screen: go back to it, then save the report again.</p>';
  return 'targets' in answers ? residualsHtml(answers) : confusionHtml(answers);
}

function settingsHtml({ document }: RunRecord): string {
  const rows = [...settingsOf(document)].map(
    ([path, value]) =>
      `<tr><th scope="row" class="path">${escapeHtml(path)}</th><td class="text">${escapeHtml(formatSetting(value))}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}
