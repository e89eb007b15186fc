import type { ListedSession, OpenedSession } from '../../src-main/bridge';
import type { Outcome } from '../../src-worker/api';
import { sameValue } from '../../src-worker/experiment/same-value';
import { succeed } from '../../src-worker/problem';
import type { AppState } from './app.svelte';
import { attempt } from './attempt';
import { DataState } from './data.svelte';
import { NO_FILES } from './experiment.svelte';
import { filesOf } from './project-files';
import { momentOf, runOf } from './stored-values';
import { sinceWords } from './since-words';
import type { Entrance } from './subject';

/** No experiment of this window. */
const ELSEWHERE = -1;
const NOT_BROUGHT_BACK = 'The work was not brought back';

/** Brings back what earlier windows had kept. */
export class Recovery {
  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** A window that was loaded again shows what it showed; for one that ended without a farewell a person is asked. */
  async begin(): Promise<void> {
    const begun = await attempt(() => this.#app.bridge.beginSession());
    if (!begun.ok) return; // no service: saving says so when it is asked for
    const { own, left } = begun.value;
    if (own !== null) await this.open(own);
    const [newest, ...others] = left;
    if (newest !== undefined) this.#offer(newest, others.length);
  }

  async list(): Promise<readonly ListedSession[]> {
    const listed = await attempt(() => this.#app.bridge.listKeptSessions());
    return listed.ok ? listed.value : [];
  }

  /** Shows that work as it was, as a step of undo. */
  async open({ handle, name }: ListedSession): Promise<void> {
    const opened = await attempt(() => this.#app.bridge.openKeptSession(handle));
    if (!this.#app.report(NOT_BROUGHT_BACK, opened)) return;
    // The numbers of runs that are here already stay theirs.
    const shift = Math.max(0, ...this.#app.runs.list.map(({ number }) => number));
    const shown = await this.#app.undisturbed(() => this.#show(opened.value, name, shift));
    if (!this.#app.report(NOT_BROUGHT_BACK, shown)) return;
    await this.#app.settled();
    this.#showRest(opened.value, shift);
    await this.#app.settled();
    this.#app.autosave.goOnFrom(handle);
  }

  #offer(session: ListedSession, others: number): void {
    const { name, epoch, keptMs } = session;
    const place = epoch > 0 ? `epoch ${epoch.toLocaleString('en')}, ` : '';
    const more = others === 0 ? '' : ` ${others} more under File, Recent work.`;
    this.#app.messages.offer(
      `Layerlab ended unexpectedly. Go on where you were: ${name}, ${place}kept ${sinceWords(keptMs, Date.now())}?${more}`,
      { label: 'Go on', run: () => void this.open(session) },
      { label: 'Discard', run: () => void this.#setAside(session) },
    );
  }

  async #setAside(session: ListedSession): Promise<void> {
    const done = await attempt(() => this.#app.bridge.setSessionAside(session.handle));
    if (!this.#app.report('The work is still offered', done)) return;
    this.#app.messages.note(`${session.name} is set aside: it stays under File, Recent work.`, {
      label: 'Bring it back',
      run: () => void this.open(session),
    });
  }

  /** The run, with the document that it is of. */
  async #show(opened: OpenedSession, name: string, shift: number): Promise<Outcome<null>> {
    const { experiment, data, runs } = this.#app;
    const files = opened.data.length > 0 ? filesOf(opened.data) : NO_FILES;
    const { present } = opened;
    const document = present?.document ?? opened.document;
    if (!DataState.filesMissing(document.data, files)) {
      const loaded = await data.load(document.data, files);
      if (!loaded.ok) return loaded;
    }
    const from = present === null ? null : momentOf(present, files, experiment.origin, shift);
    const enters: Entrance = from === null ? { kind: 'initial' } : { kind: 'state', state: from.moment.state, from };
    runs.restore(opened.runs.map((run) => runOf(run, shift)));
    experiment.edit(`Go on with ${name}`, () => document, { files, begins: true, enters });
    return succeed(null);
  }

  #showRest({ document, target, withData, saved, ...opened }: OpenedSession, shift: number): void {
    const { experiment, checkpoints, project, stage } = this.#app;
    const { files } = experiment;
    // It had been edited into one that cannot be trained, after which the run stood still.
    if (!sameValue(experiment.document, document)) experiment.edit('Edit on', () => document);
    const back = opened.checkpoints.map(({ title, moment }) => {
      const own = sameValue(moment.document.data.source, document.data.source);
      return {
        name: title,
        kept: momentOf(moment, own ? files : NO_FILES, own ? experiment.origin : ELSEWHERE, shift),
      };
    });
    checkpoints.bringBack(back);
    if (target !== null) project.goOnIn(target, withData, saved);
    stage.restore(opened.view);
  }
}
