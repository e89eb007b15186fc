import type { DesktopApi } from '../../src-main/bridge';
import { succeed, type Outcome } from '../../src-worker/problem';
import { formatBytes } from '../format';
import type { DataFiles } from './experiment.svelte';
import { attempt } from './attempt';
import { bytesOf } from './project-files';

/** What is larger is not copied behind a person's back: it would fill their disk. */
const LARGEST_BYTES = 256 * 2 ** 20;

/** Keeps the data files of an experiment once, so that its work can be gone on with after a crash. */
export class KeptData {
  readonly #bridge: Pick<DesktopApi, 'keepData'>;
  /** Told why some files are not kept. */
  readonly #tell: (words: string) => void;
  #words = new WeakMap<DataFiles, string | null>();

  constructor(bridge: Pick<DesktopApi, 'keepData'>, tell: (words: string) => void) {
    this.#bridge = bridge;
    this.#tell = tell;
  }

  /** The word by which they are found again; null where there are none, or they cannot be kept. */
  async keep(files: DataFiles): Promise<Outcome<string | null>> {
    const known = this.#words.get(files);
    if (known !== undefined) return succeed(known);
    const all = [...files.files, ...files.testFiles];
    if (all.length === 0) return succeed(null);
    const size = all.reduce((sum, file) => sum + file.size, 0);
    if (size > LARGEST_BYTES) return this.#leaveOut(files, `they have ${formatBytes(size)}`);
    const bytes = await bytesOf(files);
    if (!bytes.ok) return this.#leaveOut(files, 'they can no longer be read');
    const kept = await attempt(() => this.#bridge.keepData(bytes.value));
    if (kept.ok) this.#words.set(files, kept.value);
    return kept;
  }

  /** The next time all is sent again. */
  forget(): void {
    this.#words = new WeakMap();
  }

  #leaveOut(files: DataFiles, why: string): Outcome<null> {
    this.#words.set(files, null);
    const [first] = files.files;
    this.#tell(`${first?.name ?? 'The data'} is not kept for a restart after a crash: ${why}. Drop it again then.`);
    return succeed(null);
  }
}
