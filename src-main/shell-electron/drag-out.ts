import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, IpcMain, IpcMainEvent, NativeImage } from 'electron';
import { succeed, type Outcome } from '../../src-worker/problem';
import { writeDurably } from '../durable-write';
import { Handles } from '../handles';
import { DRAG_CHANNEL } from './channels';
import { isFromPage } from './ipc';

/** A file that is ready to be dragged, with the picture that follows the pointer. */
interface DraggableFile {
  readonly path: string;
  readonly icon: NativeImage;
}

/**
 * Files on their way out of the window by drag. A drag begins at once, so the file lies ready in a folder for temporary files before, and
 * stays there until the app ends: whoever it was dropped on may read it later.
 */
export class DragOut {
  readonly #app: Pick<App, 'getFileIcon' | 'on'>;
  readonly #files = new Handles<DraggableFile>();
  #folder: string | null = null;

  constructor(app: Pick<App, 'getFileIcon' | 'on'>) {
    this.#app = app;
    app.on('will-quit', () => {
      if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    });
  }

  /** @returns what the page begins the drag with */
  async offer(name: string, bytes: Uint8Array): Promise<Outcome<string>> {
    // At once: two that are offered at a time share it, and none is left behind.
    this.#folder ??= mkdtempSync(join(tmpdir(), 'layerlab-'));
    // A folder of its own: two exports may have one name.
    const path = join(await mkdtemp(join(this.#folder, 'drag-')), name);
    const written = await writeDurably(path, bytes, { keepPrevious: false });
    if (!written.ok) return written;
    return succeed(this.#files.give({ path, icon: await this.#app.getFileIcon(path) }));
  }

  /** Listens to the page, which says when the pointer begins to drag. */
  listen(ipcMain: Pick<IpcMain, 'on'>): void {
    ipcMain.on(DRAG_CHANNEL, (event: IpcMainEvent, handle: unknown) => {
      if (!isFromPage(event) || typeof handle !== 'string') return;
      const file = this.#files.get(handle);
      if (file !== null) event.sender.startDrag({ file: file.path, icon: file.icon });
    });
  }
}
