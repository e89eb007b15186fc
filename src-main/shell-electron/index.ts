import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { runShell } from './shell';

// Not awaited: Electron becomes ready only after this module has been read to its end.
void runShell(
  {
    app,
    protocol,
    ipcMain,
    dialog,
    menu: Menu,
    session: () => session.defaultSession,
    createWindow: (options) => new BrowserWindow(options),
  },
  {
    renderer: join(import.meta.dirname, '../renderer'),
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
  },
);
