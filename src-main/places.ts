import type { Outcome } from '../src-worker/problem';
import type { DragOffer, SaveRequest, ShellInfo } from './bridge';
import type { FoundFile } from './files';

/** How a shell finds out where files go: by native dialogs, or by names in one folder. Paths stay on this side. */
export interface Places {
  about(): ShellInfo;

  /** An absolute path that the person agreed to write to, ending in `extension`; null: cancelled. */
  chooseSave(request: SaveRequest, extension: string): Promise<Outcome<string | null>>;

  /** The path of a project to open; null: cancelled, or this shell opens files in the page. */
  chooseProject(): Promise<Outcome<string | null>>;

  /** Projects where the shell keeps them, the newest first; none where the person says where. */
  listProjects(): Promise<Outcome<readonly FoundFile[]>>;

  /**
   * Makes a file ready to be dragged out of the window.
   * @param name a usable bare file name
   * @param read gives its bytes, as late as the shell can wait for them
   */
  offer(name: string, read: () => Promise<Outcome<Uint8Array>>): Promise<Outcome<DragOffer>>;
}
