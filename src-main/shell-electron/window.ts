import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  MessageBoxSyncOptions,
  Session,
  WebContents,
} from 'electron';
import { isPageUrl, PAGE_URL } from './protocol';

/** The page runs as any web page does: sandboxed, with no Node and nothing of Electron but what the preload offers. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1360,
    height: 880,
    minWidth: 800,
    minHeight: 560,
    title: 'Layerlab',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

/** Opens the page in a new window. */
export function openWindow(
  create: (options: BrowserWindowConstructorOptions) => BrowserWindow,
  preload: string,
  confirm: (window: BrowserWindow, options: MessageBoxSyncOptions) => number,
): BrowserWindow {
  const window = create(windowOptions(preload));
  window.webContents.on('will-prevent-unload', (event) => {
    // A page with unsaved work refuses to go; Electron asks nobody unless we do.
    if (confirm(window, CLOSE_QUESTION) === CLOSE_ANYWAY) event.preventDefault();
  });
  // At once: a window that waits for anything first is not found by test drivers.
  void window.loadURL(PAGE_URL);
  return window;
}

const CLOSE_ANYWAY = 1;
const CLOSE_QUESTION: MessageBoxSyncOptions = {
  type: 'question',
  message: 'Close without saving?',
  detail: 'What changed since the last save would be lost.',
  buttons: ['Keep open', 'Close without saving'],
  defaultId: 0,
  cancelId: 0,
};

/** Nothing leaves the page: no other address, no further window, no web view. For every content that is ever created. */
export function lockContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  const stayHere = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isPageUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHere);
  contents.on('will-redirect', stayHere);
  contents.on('will-frame-navigate', stayHere);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** No camera, no notifications, no devices, no downloads: the app needs none, and Electron grants all of them by default. */
export function lockSession(
  session: Pick<
    Session,
    'on' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
