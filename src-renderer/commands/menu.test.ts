import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import type { MenuCommand } from '../../src-main/bridge';
import { menuTemplate } from '../../src-main/shell-electron/menu';
import { commands } from '.';

const flatten = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);

it('calls every command in Electron’s menu as the page does and shows the same key', () => {
  const asElectron = (chord: string): string => chord.replace('Mod', 'CmdOrCtrl').replace('Arrow', '');
  const sent: MenuCommand[] = [];
  for (const item of flatten(menuTemplate('linux', (command) => void sent.push(command)))) {
    if (item.click === undefined) continue;
    item.click({} as never, undefined, {} as never);
    const { label, keys } = commands[sent.at(-1)!];
    expect(item).toMatchObject({ label, accelerator: asElectron(keys[0]!) });
  }
  expect(sent.length).toBeGreaterThan(0);
});
