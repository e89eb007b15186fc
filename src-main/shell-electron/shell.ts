import { randomUUID } from 'node:crypto';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Menu,
  Protocol,
  Session,
} from 'electron';
import { createDecoder } from '../decode/decoder';
import { loadPageFiles } from '../page-files';
import { openKeep } from '../keep/keep';
import { createServices } from '../services';
import { MENU_CHANNEL } from './channels';
import { dialogPlaces, type Dialogs } from './dialog-places';
import { DragOut } from './drag-out';
import { registerIpc } from './ipc';
import { menuTemplate } from './menu';
import { handlePage, registerScheme } from './protocol';
import { memoryByMetrics, utilityDecoder, type Fork } from './utility-child';
import { lockContents, lockSession, openWindow } from './window';

/** The calls of Electron that the shell makes, and no more; the entry passes the real ones. */
export interface Electron {
  readonly app: Pick<
    App,
    'on' | 'whenReady' | 'quit' | 'exit' | 'getPath' | 'getFileIcon' | 'getAppMetrics' | 'requestSingleInstanceLock'
  >;
  readonly protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
  readonly ipcMain: Pick<IpcMain, 'handle' | 'on'>;
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog' | 'showMessageBoxSync' | 'showErrorBox'>;
  readonly menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
  /** Only once the app is ready. */
  session(): Pick<
    Session,
    'on' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >;
  createWindow(options: BrowserWindowConstructorOptions): BrowserWindow;
  readonly fork: Fork;
}

export interface ShellFolders {
  /** The built page. */
  readonly renderer: string;
  /** The bundled preload script. */
  readonly preload: string;
  /** The bundled reader of what strangers sent; see ../decode. */
  readonly decoder: string;
}

/**
 * The life of the app: one instance, one window, everything locked before the page is asked for. Must be called before Electron
 * is ready, because the page's scheme can only be registered then.
 * @returns once the window is open; null for a second instance, which hands over to the first and ends
 */
export async function runShell(electron: Electron, folders: ShellFolders): Promise<BrowserWindow | null> {
  const { app, dialog } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return null;
  }
  registerScheme(electron.protocol);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  app.on('window-all-closed', () => app.quit());
  await app.whenReady();
  try {
    return await openApp(electron, folders);
  } catch (error) {
    dialog.showErrorBox('Layerlab could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
    return null;
  }
}

async function openApp(electron: Electron, folders: ShellFolders): Promise<BrowserWindow> {
  const { app, dialog, menu } = electron;
  lockSession(electron.session());
  handlePage(electron.protocol, await loadPageFiles(folders.renderer));
  const dialogs: Dialogs = {
    save: (options) => dialog.showSaveDialog(window, options),
    open: (options) => dialog.showOpenDialog(window, options),
  };
  const dragOut = new DragOut(app);
  dragOut.listen(electron.ipcMain);
  const places = dialogPlaces(dialogs, dragOut, app.getPath('documents'));
  const decoder = createDecoder(utilityDecoder(electron.fork, memoryByMetrics(app), folders.decoder));
  // One process and one window: each start is a window of its own.
  const seat = { window: randomUUID(), keep: openKeep(app.getPath('userData')) };
  seat.keep.claims.enter(seat.window);
  registerIpc(electron.ipcMain, createServices(places, decoder, seat));
  const confirm = dialog.showMessageBoxSync.bind(dialog);
  const window = openWindow(electron.createWindow, folders.preload, confirm);
  const send = (command: string): void => window.webContents.send(MENU_CHANNEL, command);
  menu.setApplicationMenu(menu.buildFromTemplate(menuTemplate(process.platform, send)));
  window.webContents.on('render-process-gone', () => void seat.keep.claims.leave(seat.window));
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  return window;
}
