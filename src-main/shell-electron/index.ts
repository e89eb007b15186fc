import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session, utilityProcess } from 'electron';
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
    fork: (script, args, options) => utilityProcess.fork(script, args, options),
  },
  {
    renderer: join(import.meta.dirname, '../renderer'),
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    decoder: join(import.meta.dirname, 'decoder.js'),
  },
);
