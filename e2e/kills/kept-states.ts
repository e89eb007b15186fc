import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@playwright/test';
import { decodeMessage } from '../../src-main/message-bytes';
import type { SessionUpdate, StoredMoment, StoredPart, StoredRun } from '../../src-main/keep/keep-types';

/** A window's work as one request to keep it described it, in full. */
export interface KeptState {
  readonly document: SessionUpdate['document'];
  readonly epoch: number;
  readonly step: number;
  readonly view: string;
  readonly data: string | null;
  readonly present: StoredMoment | null;
  /** In the order of their numbers. */
  readonly runs: readonly StoredRun[];
  /** In the order of the list, which is what a restart keeps of their names. */
  readonly checkpoints: readonly { readonly title: string; readonly moment: StoredMoment | undefined }[];
}

interface Asked {
  /** By their names. */
  readonly parts: ReadonlyMap<string, StoredPart>;
  readonly state: KeptState;
  acknowledged: boolean;
}

const SENT = 'layerlabSent';
const ANSWERED = 'layerlabAnswered';

/**
 * Everything that a window asked to be kept, and what of it was acknowledged: the answer had reached the page. It is read off the wire, so
 * what a restart brings back can be held against it to the bit.
 */
export class KeptStates {
  /** What the window before this one may have left: the last state that was acknowledged, and those that were on their way. */
  readonly before: readonly KeptState[];
  readonly #asked: Asked[] = [];
  readonly #earlier: readonly Asked[];
  #told: () => void = () => undefined;

  /** @param before of the window before this one, whose work this one is to bring back; null for none */
  constructor(before: KeptStates | null) {
    this.#earlier = before === null ? [] : before.#left;
    this.before = this.#earlier.map(({ state }) => state);
  }

  /** Before the page goes to its address. */
  async watch(page: Page): Promise<void> {
    await page.exposeFunction(SENT, (body: string) => this.#sent(body));
    await page.exposeFunction(ANSWERED, (index: number, answer: string) => this.#answered(index, answer));
    await page.addInitScript(tapKeeping, [SENT, ANSWERED] as const);
  }

  /** The last state of this window that was acknowledged; null before the first. */
  get acknowledged(): KeptState | null {
    return this.#asked.findLast(({ acknowledged }) => acknowledged)?.state ?? null;
  }

  /** Whether anything was acknowledged, which a kill may not take. */
  get promised(): boolean {
    return this.#left.some(({ acknowledged }) => acknowledged);
  }

  /** Resolves as soon as the window asks another time. */
  nextAsked(): Promise<void> {
    return new Promise((resolve) => {
      this.#told = resolve;
    });
  }

  /** What may be found after a kill: the last state that was acknowledged, and those that were on their way. */
  get #left(): readonly Asked[] {
    const all = [...this.#earlier, ...this.#asked];
    return all.slice(
      Math.max(
        0,
        all.findLastIndex(({ acknowledged }) => acknowledged),
      ),
    );
  }

  #sent(body: string): number {
    const [update] = decodeMessage(Buffer.from(body, 'base64')) as [SessionUpdate];
    const before = this.#asked.findLast(({ acknowledged }) => acknowledged)?.parts;
    const parts = new Map(update.parts.map((part) => [part.name, part]));
    for (const name of update.same) {
      const part = before?.get(name);
      if (part === undefined) throw new Error(`${name} was never kept`);
      parts.set(name, part);
    }
    this.#asked.push({ parts, state: stateOf(update, parts), acknowledged: false });
    this.#told();
    return this.#asked.length - 1;
  }

  #answered(index: number, answer: string): void {
    const { ok } = decodeMessage(Buffer.from(answer, 'base64')) as { readonly ok: boolean };
    this.#asked[index]!.acknowledged = ok;
  }
}

/**
 * Where the work that was brought back differs from that which had been kept. Two things it may have gained: its run stands still now, so that
 * all parts are looked at; and an edit that the run had not taken up when it was kept, it takes up now, behind all that led to it.
 */
export function differencesOfWork(found: KeptState, kept: KeptState): readonly string[] {
  const { present } = kept;
  const takenUp = present === null || isDeepStrictEqual(present.document, kept.document);
  const steps = present?.path.steps.length ?? 0;
  const ofMoment = (moment: StoredMoment | null) =>
    takenUp ? moment : moment && [moment.state.step, moment.run, moment.curves, moment.path.steps.slice(0, steps)];
  const ofRun = (run: StoredRun) => {
    if (run.number !== present?.run) return run;
    return takenUp ? { ...run, evaluations: null } : [run.number, run.name, run.pinned, run.step, run.curves];
  };
  const ofState = (state: KeptState) => ({ ...state, runs: state.runs.map(ofRun), present: ofMoment(state.present) });
  return differences(ofState(found), ofState(kept));
}

/** Where two values differ, as far down as helps to find it; empty where they are equal to the bit. */
export function differences(a: unknown, b: unknown, path = ''): readonly string[] {
  if (isDeepStrictEqual(a, b)) return [];
  if (!isRecord(a) || !isRecord(b)) return [`${path}: ${brief(a)} and ${brief(b)}`];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differences(a[key], b[key], `${path}.${key}`));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

const brief = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80);

function stateOf(update: SessionUpdate, parts: ReadonlyMap<string, StoredPart>): KeptState {
  const { document, epoch, step, view, data } = update;
  const momentOf = (name: string): StoredMoment | undefined => {
    const part = parts.get(name);
    return part === undefined || part.kind === 'run' ? undefined : part.value;
  };
  const runs = [...parts.values()].flatMap((part) => (part.kind === 'run' ? [part.value] : []));
  return {
    ...{ document, epoch, step, view, data },
    present: momentOf('present') ?? null,
    runs: runs.sort((a, b) => a.number - b.number),
    checkpoints: update.checkpoints.map(({ name, title }) => ({ title, moment: momentOf(name) })),
  };
}

/** Runs in the page: tells of each request to keep the work before it leaves, and of its answer before the window hears it. */
function tapKeeping([sent, answered]: readonly [string, string]): void {
  type Tell = (...values: unknown[]) => Promise<number>;
  const page = globalThis as unknown as Record<string, Tell> & { fetch: typeof fetch };
  const fetchAsUsual = page.fetch.bind(globalThis);
  const inBase64 = async (bytes: Blob): Promise<string> =>
    new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result).split(',', 2)[1] ?? '');
      reader.readAsDataURL(bytes);
    });
  page.fetch = async (input, init) => {
    if (input !== '/api/keepSession') return fetchAsUsual(input, init);
    const index = await page[sent]!(await inBase64(init?.body as Blob));
    const response = await fetchAsUsual(input, init);
    if (response.status === 200) await page[answered]!(index, await inBase64(await response.clone().blob()));
    return response;
  };
}
