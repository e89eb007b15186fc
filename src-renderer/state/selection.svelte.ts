/** What the inspector shows and the pipeline marks. Layers are counted from 0, as in the document. */
export type Selected =
  | { readonly kind: 'data' }
  | { readonly kind: 'layer'; readonly index: number }
  | { readonly kind: 'loss' }
  | { readonly kind: 'training' };

export class SelectionState {
  selected = $state.raw<Selected>({ kind: 'data' });

  select(selected: Selected): void {
    this.selected = selected;
  }

  /** The selected layer's index, or null. */
  get layerIndex(): number | null {
    return this.selected.kind === 'layer' ? this.selected.index : null;
  }

  is(other: Selected): boolean {
    const { selected } = this;
    if (selected.kind === 'layer' && other.kind === 'layer') return selected.index === other.index;
    return selected.kind === other.kind;
  }

  /** After an edit or undo removed layers, the selection falls on the last one that is left, else on the data. */
  clamp(layerCount: number): void {
    if (this.selected.kind !== 'layer' || this.selected.index < layerCount) return;
    this.selected = layerCount > 0 ? { kind: 'layer', index: layerCount - 1 } : { kind: 'data' };
  }
}
