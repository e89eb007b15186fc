import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../bridge';

interface CommandItem {
  readonly label: string;
  /** As Electron spells keys; the page's own keys are the same. */
  readonly key: string;
}

/** What each command is called and which key it has, as the page says it; one without its line here does not compile. */
const COMMANDS = {
  new: { label: 'New experiment', key: 'CmdOrCtrl+N' },
  'load-data': { label: 'Load data…', key: 'CmdOrCtrl+D' },
  open: { label: 'Open project…', key: 'CmdOrCtrl+O' },
  save: { label: 'Save', key: 'CmdOrCtrl+S' },
  'save-as': { label: 'Save as…', key: 'CmdOrCtrl+Shift+S' },
  export: { label: 'Export model…', key: 'CmdOrCtrl+E' },
  'export-again': { label: 'Export again', key: 'CmdOrCtrl+Shift+E' },
  undo: { label: 'Undo', key: 'CmdOrCtrl+Z' },
  redo: { label: 'Redo', key: 'CmdOrCtrl+Shift+Z' },
  train: { label: 'Train or pause', key: 'Space' },
  step: { label: 'One batch', key: 'Right' },
  'step-epoch': { label: 'One epoch', key: 'Shift+Right' },
  'step-example': { label: 'One example (batch size 1)', key: 'Alt+Right' },
  'train-to': { label: 'Train to an epoch…', key: 'E' },
  checkpoint: { label: 'Keep this moment as a checkpoint', key: 'K' },
  'restore-best': { label: 'Go back to the best epoch', key: 'B' },
  reset: { label: 'Reset the weights', key: 'R' },
  palette: { label: 'All commands…', key: 'CmdOrCtrl+K' },
  theme: { label: 'Light or dark', key: 'CmdOrCtrl+Shift+L' },
  shortcuts: { label: 'Keys and help', key: '?' },
} satisfies Readonly<Record<MenuCommand, CommandItem>>;

/**
 * The application menu. Commands go to the page, which knows what they mean at the moment. Keys are only shown: the page
 * handles them, so that Space in a text field stays a space and Undo there undoes typing.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  send: (command: MenuCommand) => void,
): MenuItemConstructorOptions[] {
  const item = (command: MenuCommand): MenuItemConstructorOptions => ({
    label: COMMANDS[command].label,
    accelerator: COMMANDS[command].key,
    registerAccelerator: false,
    click: () => send(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        item('new'),
        item('load-data'),
        item('open'),
        separator,
        item('save'),
        item('save-as'),
        item('export'),
        item('export-again'),
        separator,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        item('undo'),
        item('redo'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'Training',
      submenu: [
        item('train'),
        item('step'),
        item('step-epoch'),
        item('step-example'),
        item('train-to'),
        separator,
        item('checkpoint'),
        item('restore-best'),
        item('reset'),
      ],
    },
    {
      label: 'View',
      submenu: [
        item('palette'),
        item('theme'),
        separator,
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        separator,
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { label: 'Help', role: 'help', submenu: [item('shortcuts')] },
  ];
}
