import { join } from 'node:path';
import type { FileSystem } from '../durable-write';
import { Claims } from './claims';
import { DataStore } from './data-store';
import { SessionStore } from './session-store';

/** The application's own folder, as all windows of this process share it. */
export interface Keep {
  readonly claims: Claims;
  readonly sessions: SessionStore;
  readonly data: DataStore;
}

/** @param fileSystem for tests, which let its calls fail */
export function openKeep(folder: string, fileSystem?: FileSystem): Keep {
  return {
    claims: new Claims(join(folder, 'claims')),
    sessions: new SessionStore(join(folder, 'sessions'), fileSystem),
    data: new DataStore(join(folder, 'data'), fileSystem),
  };
}

/** A window's place in it. */
export interface Seat {
  readonly window: string;
  readonly keep: Keep;
}
