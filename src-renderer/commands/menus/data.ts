import type { AppState } from '../../state/app.svelte';
import type { MenuGroup } from '../../ui/menu-group';
import { offerOf } from '../offer';

/** Of the card of the data. */
export function dataMenu(app: AppState): readonly MenuGroup[] {
  return [
    { offers: [offerOf(app, 'view:Data', 'Look at the data')] },
    { offers: [offerOf(app, 'load-data'), offerOf(app, 'load-folder'), offerOf(app, 'paint')] },
  ];
}
