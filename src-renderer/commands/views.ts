import { STAGE_VIEWS, type ViewName } from '../stage/views';
import type { Command } from './command';

export type ViewCommandId = `view:${ViewName}`;

/** The keys of the tabs, in their order. */
const DIGITS: readonly string[] = [...'1234567890'];

/** A command for each view of the stage, under the digit of its tab as far as there are digits. */
export const viewCommands = Object.fromEntries(
  STAGE_VIEWS.map(({ name }, index): [ViewCommandId, Command] => [
    `view:${name}`,
    {
      label: `Go to ${name}`,
      group: 'Views',
      keys: DIGITS.slice(index, index + 1),
      words: 'view tab show',
      enabled: (app) => app.lessons.offersView(name),
      needs: 'The lesson leaves this view out.',
      run: (app) => app.stage.show(name),
    },
  ]),
) as Readonly<Record<ViewCommandId, Command>>; // one entry per view, whose names are the type
