import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, succeed } from '../../src-worker/problem';
import { checkFileName, withExtension } from '../file-names';
import { describeWriteFailure } from '../file-problems';
import { listProjectFiles, lookAt } from '../files';
import type { Places } from '../places';
import { version } from '../version';
import type { Downloads } from './downloads';

/**
 * Everything in one folder, under bare names that the window asks for: a browser cannot open the system's dialogs on this
 * side. Names are checked, so nothing outside the folder can be written or read.
 */
export function folderPlaces(
  folder: string,
  downloads: Downloads,
  platform: NodeJS.Platform = process.platform,
): Places {
  return {
    about: () => ({
      shell: 'local',
      platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
      version,
      saving: 'folder',
      opening: 'page',
      folder,
    }),

    async chooseSave({ name, replace }, extension) {
      const fileName = withExtension(name ?? '', extension);
      const fault = checkFileName(fileName);
      if (fault !== null) return fail(fault);
      const path = join(folder, fileName);
      try {
        await mkdir(folder, { recursive: true });
      } catch (error) {
        return fail(describeWriteFailure(path, error));
      }
      const look = await lookAt(path);
      if (!look.ok) return look;
      if (look.value === 'nothing' || replace) return succeed(path);
      return fail({
        code: 'save/exists',
        message: `${fileName} is there already.`,
        hint: 'Replace it, or choose another name.',
        file: fileName,
      });
    },

    // The browser fetches it only when it is dropped.
    offer: (name, read) => Promise.resolve(succeed({ kind: 'download', name, path: downloads.offer({ name, read }) })),

    chooseProject: () => Promise.resolve(succeed(null)),
    listProjects: () => listProjectFiles(folder),
  };
}
