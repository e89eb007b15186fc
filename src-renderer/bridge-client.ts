import type { DesktopApi } from '../src-main/bridge';
import { createLocalBridge } from '../src-main/shell-local/client';

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in a plain browser window. */
    readonly layerlab?: DesktopApi;
  }
}

/** The services of the shell this window runs in: Electron's over IPC, else the local shell's over loopback. */
export function connectBridge(): DesktopApi {
  return window.layerlab ?? createLocalBridge();
}
