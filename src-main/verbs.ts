import type { DesktopApi } from './bridge';

/** Every verb of the bridge: what the preload offers, the loopback routes, and what both shells answer. */
export const VERBS = [
  'about',
  'chooseSaveTarget',
  'saveProject',
  'saveLesson',
  'chooseProject',
  'listProjects',
  'openListedProject',
  'forgetProject',
  'readProject',
  'readModel',
  'listExportFormats',
  'stageExport',
  'releaseExport',
  'previewExport',
  'exportModel',
  'offerExport',
  'decodeTable',
  'cancelDecoding',
  'beginSession',
  'keepData',
  'keepSession',
  'endSession',
  'listKeptSessions',
  'openKeptSession',
  'setSessionAside',
  'readPreferences',
  'writePreferences',
] as const satisfies readonly (keyof DesktopApi)[];

export type Verb = (typeof VERBS)[number];

export function isVerb(name: unknown): name is Verb {
  return VERBS.some((verb) => verb === name);
}

/** The bridge over any way of asking: one function per verb. Does not compile while a verb is missing above. */
export function bridgeOver(ask: (verb: Verb, args: readonly unknown[]) => Promise<unknown>): DesktopApi {
  const entries = VERBS.map((verb) => [verb, (...args: readonly unknown[]) => ask(verb, args)] as const);
  return Object.fromEntries(entries) as unknown as Pick<DesktopApi, Verb>;
}
