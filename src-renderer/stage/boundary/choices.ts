import type { Catalog, DataSummary, Inspection, LayerSpec, PlaneChoice, Shape } from '../../../src-worker/api';
import { isEnabled } from '../../../src-worker/experiment/enabled';
import type { Shown } from '../../state/boundary-view.svelte';
import { layerName } from '../../state/layers';

/** A layer whose units can be looked at. */
export interface UnitLayer {
  /** From 1, counting every layer of the document. */
  readonly number: number;
  readonly name: string;
  /** In the order of memory. */
  readonly units: number;
  readonly shape: Shape;
}

/** What was chosen, where these data have it; else what shows them best. */
export function fittingChoice(choice: PlaneChoice, summary: DataSummary | null): PlaneChoice {
  if (choice.kind !== 'features') return choice;
  const isFeature = (name: string): boolean =>
    summary?.columns.some((column) => column.name === name && column.role === 'feature') ?? false;
  return [choice.x, choice.y ?? choice.x].every(isFeature) ? choice : { kind: 'first' };
}

/** The layers of the document with their units; none where the worker has not looked at these layers. */
export function layersOf(
  layers: readonly LayerSpec[],
  inspection: Inspection | null,
  catalog: Catalog,
): readonly UnitLayer[] {
  if (inspection?.layers.length !== layers.length) return [];
  return layers.flatMap((layer, index) => {
    const shape = inspection.layers[index]!.outputShape;
    if (!isEnabled(layer) || shape === null) return [];
    const units = shape.reduce((product, n) => product * n, 1);
    return [{ number: index + 1, name: layerName(layer, catalog), units, shape }];
  });
}

/** What was chosen, where the network has it; else the answer. */
export function fittingUnit(shown: Shown, layers: readonly UnitLayer[]): Shown {
  if (shown === 'answer') return shown;
  const layer = layers.find(({ number }) => number === shown.layer);
  return layer !== undefined && shown.unit < layer.units ? shown : 'answer';
}

/** `unit 3`, or of an image `channel 2, row 5, column 1`. */
export function unitName(unit: number, shape: Shape): string {
  const [, height = 1, width = 1] = shape;
  if (shape.length < 3) return `unit ${unit + 1}`;
  const plane = height * width;
  const [row, column] = [Math.floor((unit % plane) / width), unit % width];
  return `channel ${Math.floor(unit / plane) + 1}, row ${row + 1}, column ${column + 1}`;
}
