const STORAGE_KEY = 'layerlab.panes';
const DEFAULTS = { pipeline: 272, inspector: 296 };

/** Widths of the side panes in pixels, remembered on this machine. */
export class PaneWidths {
  readonly range = { min: 220, max: 420 };
  pipeline = $state(DEFAULTS.pipeline);
  inspector = $state(DEFAULTS.inspector);

  constructor() {
    const stored = readWidths();
    this.pipeline = this.#clamp(stored.pipeline);
    this.inspector = this.#clamp(stored.inspector);
  }

  setPipeline = (width: number): void => {
    this.pipeline = this.#clamp(width);
    this.#remember();
  };

  setInspector = (width: number): void => {
    this.inspector = this.#clamp(width);
    this.#remember();
  };

  #clamp(width: number): number {
    return Math.round(Math.min(this.range.max, Math.max(this.range.min, width)));
  }

  #remember(): void {
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify({ pipeline: this.pipeline, inspector: this.inspector }));
    } catch {
      // storage may be barred; the widths then last as long as the window
    }
  }
}

function readWidths(): typeof DEFAULTS {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    const widths = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
    const widthOf = (name: keyof typeof DEFAULTS) => {
      const width = widths[name];
      return typeof width === 'number' && Number.isFinite(width) ? width : DEFAULTS[name];
    };
    return { pipeline: widthOf('pipeline'), inspector: widthOf('inspector') };
  } catch {
    return DEFAULTS;
  }
}
