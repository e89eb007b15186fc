import { SvelteMap } from 'svelte/reactivity';
import type {
  DragOffer,
  ExportFormatId,
  ExportFormatInfo,
  ExportPreview,
  ExportRequest,
  FileTarget,
} from '../../src-main/bridge';
import type { Experiment, Outcome } from '../../src-worker/api';
import { fail, succeed } from '../../src-worker/problem';
import { formatBytes } from '../format';
import type { AppState } from './app.svelte';
import { attempt } from './attempt';
import type { SaveResult } from './project.svelte';

/** Raw rows that an export holds as its proof. */
const PROOF_ROWS = 8;

/** What an export goes by: the format, and what of it was asked for. */
export interface ExportChoice {
  readonly format: ExportFormatInfo;
  readonly request: ExportRequest;
}

interface LastExport extends ExportChoice {
  readonly target: FileTarget;
}

/** The model that the shell holds for us, and the moment of the run that it is of. */
interface Staged {
  readonly handle: string;
  readonly withData: boolean;
  readonly document: Experiment;
  readonly era: number;
  readonly step: number;
}

/** What has to be asked again: where what was chosen is no more, and whether weights that are no numbers may leave. */
const ASK: ReadonlySet<string> = new Set([
  ...['bridge/unknown-handle', 'save/not-found', 'save/not-a-file', 'export/not-finite'],
]);

/** How the model leaves the window in other formats: looked at, written, dragged out, and written again by one key. */
export class ExportState {
  /** The format that was looked at last. */
  chosen = $state<ExportFormatId | null>(null);
  /** Options as chosen, by format and name; those left out have their defaults. */
  options = $state.raw<Readonly<Record<string, Readonly<Record<string, unknown>>>>>({});
  working = $state(false);
  /** By experiment, so that one is never written into the file of another. */
  readonly #last = new SvelteMap<number, LastExport>();
  #held: Staged | null = null;
  #staging: Promise<unknown> = Promise.resolve();
  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** What {@link again} would do; null before the first export of this experiment. */
  get last(): LastExport | null {
    return this.#last.get(this.#app.experiment.origin) ?? null;
  }

  async formats(): Promise<readonly ExportFormatInfo[]> {
    const outcome = await attempt(async () => succeed(await this.#app.bridge.listExportFormats()));
    return this.#app.report('The export formats are not available', outcome) ? outcome.value : [];
  }

  /** What an export would be, of the model as it was when it was looked at first; problems are the dialog's to show. */
  async preview({ request, format }: ExportChoice): Promise<Outcome<ExportPreview>> {
    return this.#staged(format, false, (staged) => this.#app.bridge.previewExport(staged, request));
  }

  /** A file to be dragged out of the window; null, and said, where it cannot be made. */
  async offer({ request, format }: ExportChoice, name: string): Promise<DragOffer | null> {
    const offered = await this.#staged(format, false, (staged) => this.#app.bridge.offerExport(staged, request, name));
    return this.#app.report('The file is not ready to be dragged', offered) ? offered.value : null;
  }

  /** @param name bare file name, for a shell that keeps files in its folder; else null */
  async export(choice: ExportChoice, name: string | null, replace: boolean): Promise<SaveResult> {
    const { name: suggestedName } = this.#app.experiment.document;
    const save = { kind: 'export', format: choice.request.format, suggestedName, name, replace } as const;
    const chosen = await this.#app.project.chooseTarget(save);
    if (typeof chosen === 'string') return chosen;
    const written = await this.#write({ ...choice, target: chosen });
    return this.#app.report('The model was not exported', written) ? 'saved' : 'failed';
  }

  /** Writes the model as it stands now, as it was written last; asks where nothing was, or where that is gone. */
  async again(): Promise<void> {
    const { last } = this;
    if (last === null) {
      this.#app.dialogs.open('export');
      return;
    }
    const written = await this.#write(last);
    if (this.#app.report('The model was not exported again', written)) return;
    if (written.problems.some(({ code }) => ASK.has(code))) {
      this.chosen = last.format.id;
      this.#app.dialogs.open('export');
    }
  }

  /** Lets the shell forget the model that was looked at. */
  release(): void {
    this.#staging = this.#staging.then(() => this.#letGo());
  }

  #letGo(): void {
    const staged = this.#held;
    this.#held = null;
    // A shell that is gone holds nothing any more.
    if (staged !== null) void this.#app.bridge.releaseExport(staged.handle).catch(() => undefined);
  }

  async #write(last: LastExport): Promise<Outcome<null>> {
    const { format, request, target } = last;
    this.working = true;
    try {
      const { bridge } = this.#app;
      const written = await this.#staged(format, true, (staged) => bridge.exportModel(target.handle, staged, request));
      if (!written.ok) return written;
      const { label, bytes, usage } = written.value;
      // Who agreed to weights that are no numbers agreed to those.
      this.#last.set(this.#app.experiment.origin, { ...last, request: { ...request, acceptNonFinite: false } });
      this.#app.messages.note(`Exported ${label}, ${formatBytes(bytes)}`, undefined, usage);
      return succeed(null);
    } finally {
      this.working = false;
      if (this.#app.dialogs.current !== 'export') this.release();
    }
  }

  /** Asks the shell about the model that it holds; hands it over once more where other windows made it forget. */
  async #staged<T>(
    { takesData }: ExportFormatInfo,
    current: boolean,
    ask: (staged: string) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const askOnce = async (): Promise<Outcome<T>> => {
      // One after the other: of two that were handed over at a time, one would be let go while it is asked about.
      const staging = this.#staging.then(() => this.#stage(takesData, current));
      this.#staging = staging.catch(() => undefined);
      const staged = await staging;
      return staged.ok ? attempt(() => ask(staged.value)) : staged;
    };
    const answer = await askOnce();
    // What the window itself let go is not asked about again.
    if (answer.ok || this.#held === null || !answer.problems.some(({ code }) => code === 'export/forgotten'))
      return answer;
    this.#held = null;
    return askOnce();
  }

  /**
   * Hands the model to the shell, once for all formats and options.
   * @param current whether it has to be that of this moment, although another was looked at
   */
  async #stage(takesData: boolean, current: boolean): Promise<Outcome<string>> {
    const staged = this.#held;
    if (staged !== null && (staged.withData || !takesData) && (!current || this.#isCurrent(staged))) {
      return succeed(staged.handle);
    }
    const { trainer, experiment } = this.#app;
    await this.#app.settled();
    const { document, era } = experiment.current;
    // Asked in one go: what was trained between two questions would make a proof of other weights.
    const [model, proof] = await Promise.all([this.#app.currentModel(), trainer.proofRows(PROOF_ROWS)]);
    if (!model.ok) return explained(model);
    if (!proof.ok) return proof;
    const data = takesData ? await trainer.trainingData() : succeed(null);
    if (!data.ok) return data;
    const handed = await attempt(() => this.#app.bridge.stageExport(model.value, proof.value, data.value));
    if (!handed.ok) return handed;
    this.#letGo();
    this.#held = { handle: handed.value, withData: takesData, document, era, step: model.value.state.step };
    return handed;
  }

  #isCurrent({ document, era, step }: Staged): boolean {
    const { experiment, run } = this.#app;
    const { current } = experiment;
    return current.document === document && current.era === era && (run.progress?.step ?? 0) === step;
  }
}

/** Leads the reasons why there are no weights with what they are reasons for, and a way out. */
function explained<T>(outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok) return outcome;
  return fail(
    {
      code: 'window/no-weights',
      message: 'Only a network that can be trained has weights to write, and this one cannot be trained yet.',
      hint: 'Put right what follows, or undo the edit, and try again; files written earlier are as they were.',
    },
    ...outcome.problems,
  );
}
