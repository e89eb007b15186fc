import { basename, dirname, join } from 'node:path';
import type { OpenDialogOptions, SaveDialogOptions } from 'electron';
import { fail, succeed } from '../../src-worker/problem';
import { PROJECT_EXTENSION, suggestFileName, withExtension } from '../file-names';
import { lookAt } from '../files';
import type { SaveKind } from '../bridge';
import type { Places } from '../places';
import { version } from '../version';
import type { DragOut } from './drag-out';

const TITLES: Readonly<Record<SaveKind, string>> = {
  project: 'Save project',
  export: 'Export model',
  lesson: 'Save lesson',
};
const FILE_KINDS: Readonly<Record<SaveKind, string>> = {
  project: 'Layerlab project',
  export: 'Model',
  lesson: 'Layerlab lesson',
};

/** The two native dialogs, over the app's window. */
export interface Dialogs {
  save(options: SaveDialogOptions): Promise<{ readonly canceled: boolean; readonly filePath: string }>;
  open(options: OpenDialogOptions): Promise<{ readonly canceled: boolean; readonly filePaths: readonly string[] }>;
}

/** Files go where the person says in the system's own dialogs; only what they chose there can be read or written. */
export function dialogPlaces(
  dialogs: Dialogs,
  dragOut: DragOut,
  startFolder: string,
  platform: NodeJS.Platform = process.platform,
): Places {
  let folder = startFolder;
  return {
    about: () => ({
      shell: 'electron',
      platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
      version,
      saving: 'dialog',
      opening: 'dialog',
      folder: null,
    }),

    async chooseSave({ kind, suggestedName }, extension) {
      const { canceled, filePath } = await dialogs.save({
        title: TITLES[kind],
        defaultPath: join(folder, suggestFileName(suggestedName, extension)),
        filters: [{ name: FILE_KINDS[kind], extensions: [extension] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return succeed(null);
      const path = withExtension(filePath, extension);
      if (path !== filePath) {
        // The dialog has asked about the name without its ending only.
        const look = await lookAt(path);
        if (!look.ok) return look;
        if (look.value === 'file') {
          return fail({
            code: 'save/exists',
            message: `${basename(path)} is there already.`,
            hint: `Save again and type the whole name, .${extension} included, to replace it.`,
            file: basename(path),
          });
        }
      }
      folder = dirname(path);
      return succeed(path);
    },

    async chooseProject() {
      const { canceled, filePaths } = await dialogs.open({
        title: 'Open project',
        defaultPath: folder,
        filters: [
          { name: 'Layerlab project', extensions: [PROJECT_EXTENSION] },
          { name: 'All files', extensions: ['*'] },
        ],
        properties: ['openFile'],
      });
      const [path] = filePaths;
      if (canceled || path === undefined) return succeed(null);
      folder = dirname(path);
      return succeed(path);
    },

    async offer(name, read) {
      const bytes = await read();
      if (!bytes.ok) return bytes;
      const handle = await dragOut.offer(name, bytes.value);
      return handle.ok ? succeed({ kind: 'native', handle: handle.value }) : handle;
    },

    listProjects: () => Promise.resolve(succeed([])),
  };
}
