import { isEnabled } from '../../../src-worker/experiment/enabled';
import type { AppState } from '../../state/app.svelte';
import type { MenuGroup } from '../../ui/menu-group';
import { offerOf } from '../offer';

/** Of a layer's card, which the menu selects: its commands are those of the selected layer. */
export function layerMenu(app: AppState, index: number): readonly MenuGroup[] {
  const layer = app.experiment.document.network.layers[index];
  const off = layer !== undefined && !isEnabled(layer);
  return [
    { offers: [offerOf(app, 'move-layer-up', 'Move up'), offerOf(app, 'move-layer-down', 'Move down')] },
    {
      offers: [
        offerOf(app, 'duplicate-layer', 'Duplicate'),
        offerOf(app, 'switch-layer', off ? 'Switch on' : 'Switch off'),
      ],
    },
    { offers: [offerOf(app, 'delete-layer', 'Delete')] },
  ];
}
