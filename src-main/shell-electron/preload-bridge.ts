import type { IpcRenderer } from 'electron';
import type { ElectronBridge } from '../bridge';
import { bridgeOver } from '../verbs';
import { channelOf, DRAG_CHANNEL, isMenuCommand, MENU_CHANNEL } from './channels';

/** What the page gets: the verbs, and the menu's commands without the event that carried them. */
export function preloadBridge(ipc: Pick<IpcRenderer, 'invoke' | 'send' | 'on' | 'off'>): ElectronBridge {
  return {
    ...bridgeOver((verb, args) => ipc.invoke(channelOf(verb), ...args)),
    onMenuCommand(listener) {
      const forward = (_event: unknown, command: unknown): void => {
        if (isMenuCommand(command)) listener(command);
      };
      ipc.on(MENU_CHANNEL, forward);
      return () => void ipc.off(MENU_CHANNEL, forward);
    },
    startDrag: (handle) => ipc.send(DRAG_CHANNEL, handle),
  };
}
