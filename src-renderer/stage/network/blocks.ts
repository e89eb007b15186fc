import type { Catalog, Extent, Inspection, LayerSpec, Shape } from '../../../src-worker/api';
import { isEnabled } from '../../../src-worker/experiment/enabled';
import { activationEntry, layerName } from '../../state/layers';
import { formatExtent } from '../../ui/extent-text';

/** One block of the compact diagram: the input, or a layer that is switched on. */
export interface Block {
  /** In the document, from 0; null for the input. */
  readonly index: number | null;
  readonly name: string;
  /** `5 × 5 · stride 2 · relu`; empty where there is nothing to say. */
  readonly detail: string;
  /** What it puts out; null behind a misfit. */
  readonly shape: Shape | null;
  readonly parameters: number;
  readonly wrong: boolean;
}

export function blocksOf(layers: readonly LayerSpec[], inspection: Inspection, catalog: Catalog): readonly Block[] {
  const input: Block = {
    index: null,
    name: 'Input',
    detail: '',
    shape: inspection.inputShape,
    parameters: 0,
    wrong: false,
  };
  const blocks = layers.map((layer, index): Block | null => {
    const card = inspection.layers[index];
    if (!isEnabled(layer) || card === undefined) return null;
    return {
      index,
      name: layerName(layer, catalog),
      detail: detailOf(layer, catalog),
      shape: card.outputShape,
      parameters: card.parameters,
      wrong: card.problems.length > 0,
    };
  });
  return [input, ...blocks.filter((block) => block !== null)];
}

function detailOf(layer: LayerSpec, catalog: Catalog): string {
  const words: string[] = [];
  if (layer.kind === 'conv2d') words.push(inWords(layer.kernel));
  if ('stride' in layer && formatExtent(layer.stride) !== '1') words.push(`stride ${formatExtent(layer.stride)}`);
  if ('rate' in layer) words.push(String(layer.rate));
  const activation = activationEntry(layer, catalog);
  if (activation !== null) words.push(activation.label.toLowerCase());
  return words.join(' · ');
}

const inWords = (extent: Extent): string => (typeof extent === 'number' ? `${extent} × ${extent}` : extent.join(' × '));

/** How a shape is drawn: an image as sheets one behind the other, a row of numbers as a bar. Sizes in pixels. */
export interface Drawing {
  readonly sheets: number;
  readonly width: number;
  readonly height: number;
}

const LARGEST = 76;
/** More sheets than these cannot be counted anyway. */
const MOST_SHEETS = 8;

/** Sizes against the largest image and the longest row of the network, so that a shrinking image is seen to shrink. */
export function drawingsOf(shapes: readonly (Shape | null)[]): readonly (Drawing | null)[] {
  const sides = shapes.flatMap((shape) => (shape?.length === 3 ? shape.slice(1) : []));
  const rows = shapes.flatMap((shape) => (shape?.length === 1 ? shape : []));
  const side = Math.max(1, ...sides);
  const longest = Math.max(2, ...rows);
  return shapes.map((shape) => {
    if (shape === null) return null;
    const [first = 1, height, width] = shape;
    if (height === undefined || width === undefined) {
      return { sheets: 1, width: 10, height: 10 + (LARGEST - 10) * (Math.log(Math.max(1, first)) / Math.log(longest)) };
    }
    const scaled = (pixels: number): number => 8 + (LARGEST - 26) * Math.sqrt(pixels / side);
    return { sheets: Math.min(MOST_SHEETS, first), width: scaled(width), height: scaled(height) };
  });
}
