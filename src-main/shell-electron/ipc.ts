import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { DesktopApi } from '../bridge';
import { answer } from '../validate';
import { VERBS } from '../verbs';
import { channelOf } from './channels';
import { isPageUrl } from './protocol';

/** Answers every verb of the bridge, for the page itself and nobody else, after its arguments were validated. */
export function registerIpc(ipcMain: Pick<IpcMain, 'handle'>, services: DesktopApi): void {
  for (const verb of VERBS) {
    ipcMain.handle(channelOf(verb), async (event, ...args: readonly unknown[]) => {
      if (!isFromPage(event)) throw new Error('Refused: this is not the page of Layerlab.');
      return answer(services, verb, args);
    });
  }
}

/** A frame inside the page, or one that has gone meanwhile, is not the page. */
export function isFromPage({ senderFrame }: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPageUrl(senderFrame.url);
}
