import type { MenuCommand } from '../../src-main/bridge';
import type { AppState } from '../state/app.svelte';
import type { Command } from './command';
import { editingCommands } from './editing';
import { fileCommands } from './files';
import { networkCommands } from './network';
import { sweepCommands } from './sweeps';
import { trainingCommands } from './training';
import { viewCommands } from './views';
import { windowCommands } from './window';

export { COMMAND_GROUPS, type Command } from './command';

const registry = {
  ...trainingCommands,
  ...sweepCommands,
  ...networkCommands,
  ...viewCommands,
  ...editingCommands,
  ...fileCommands,
  ...windowCommands,
};

export type CommandId = keyof typeof registry;

/** Every command by its name. Those with a place of their own, such as a sample, are in `offers.ts`. */
export const commands: Readonly<Record<CommandId | MenuCommand, Command>> = registry;

/** Does it, unless something stands in its way or a dialog asks for an answer first. */
export function runCommand(app: AppState, id: CommandId): void {
  const command = commands[id];
  if (app.dialogs.current === null && command.enabled(app)) void command.run(app);
}
