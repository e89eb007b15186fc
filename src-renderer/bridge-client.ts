import type { DesktopApi, ElectronBridge } from '../src-main/bridge';
import { createLocalBridge } from '../src-main/shell-local/client';

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in a plain browser window. */
    readonly layerlab?: ElectronBridge;
  }
}

/** The services of the shell; only Electron's has a menu, and drags files itself. */
export type Bridge = DesktopApi & Partial<Pick<ElectronBridge, 'onMenuCommand' | 'startDrag'>>;

/** The services of the shell this window runs in: Electron's over IPC, else the local shell's over loopback. */
export function connectBridge(): Bridge {
  return window.layerlab ?? createLocalBridge();
}
