import { join } from 'node:path';
import type { FileSystem } from '../durable-write';
import { Claims } from './claims';
import { DataStore } from './data-store';
import { PreferencesFile } from './preferences';
import { RecentProjects } from './recent-projects';
import { SessionStore } from './session-store';

/** The application's own folder, as all windows of this process share it. */
export interface Keep {
  readonly claims: Claims;
  readonly sessions: SessionStore;
  readonly data: DataStore;
  readonly recent: RecentProjects;
  readonly preferences: PreferencesFile;
}

/** @param fileSystem for tests, which let its calls fail */
export function openKeep(folder: string, fileSystem?: FileSystem): Keep {
  return {
    claims: new Claims(join(folder, 'claims')),
    sessions: new SessionStore(join(folder, 'sessions'), fileSystem),
    data: new DataStore(join(folder, 'data'), fileSystem),
    recent: new RecentProjects(folder),
    preferences: new PreferencesFile(folder),
  };
}

/** A window's place in it. */
export interface Seat {
  readonly window: string;
  readonly keep: Keep;
}
