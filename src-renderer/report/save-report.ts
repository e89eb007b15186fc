import type { Assessment, Outcome, Residuals } from '../../src-worker/api';
import type { AppState } from '../state/app.svelte';
import { factsOf } from '../state/run-facts';
import type { RunRecord } from '../state/run-record';
import { download, fileName } from '../stage/download';
import { reportHtml } from './report';

/** Points of a residual plot: more lie on one another. */
const MOST_POINTS = 2000;

/** Saves one run as a page of its own. */
export async function saveReport(app: AppState, run: RunRecord): Promise<void> {
  const { summary } = app.data;
  const present = app.run.number === run.number && app.run.built !== null;
  const shown = present ? { ...run, ...factsOf(app.run) } : run;
  const task = summary?.task ?? 'binary';
  const answers = present && summary !== null ? await answersOf(app, task === 'regression') : null;
  const html = reportHtml({
    run: shown,
    task: present ? task : taskOf(run),
    catalog: app.catalog,
    answers,
    made: new Date().toISOString().slice(0, 10),
    version: app.shell?.version ?? '',
  });
  download(new Blob([html], { type: 'text/html' }), fileName(shown.document.name, `${run.name} report.html`));
}

/** On the part that was trained on least: test, else dev, else train. */
async function answersOf(app: AppState, regression: boolean): Promise<Assessment | Residuals | null> {
  for (const part of ['test', 'dev', 'train'] as const) {
    if ((app.data.summary?.parts[part] ?? 0) === 0) continue;
    const outcome: Outcome<Assessment | Residuals> = regression
      ? await app.trainer.residuals({ part, most: MOST_POINTS })
      : await app.trainer.assess(part);
    return app.report('The report has no answers', outcome) ? outcome.value : null;
  }
  return null;
}

/** Of a run of other data than those on the screen, as its metrics tell it. */
function taskOf({ records }: RunRecord): 'regression' | 'binary' | 'multi-class' {
  const last = records.at(-1)?.train;
  if ((last?.rmse ?? null) !== null) return 'regression';
  return (last?.auc ?? null) === null ? 'multi-class' : 'binary';
}
