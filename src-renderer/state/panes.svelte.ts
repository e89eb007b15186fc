const STORAGE_KEY = 'layerlab.panes';
const DEFAULTS = { pipeline: 272, inspector: 296 };

/** The lesson is there while one is open. */
export type Pane = 'pipeline' | 'stage' | 'lesson' | 'inspector';
export type SidePane = Exclude<Pane, 'stage'>;

/** `wide`: three panes side by side. `medium`: the stage and one of the others. `narrow`: one of the three. */
export type Layout = 'wide' | 'medium' | 'narrow';

/** From these widths of the window on, in CSS pixels: zoomed to 200 %, a window of 1440 has 720. */
const WIDE = '(min-width: 1000px)';
const MEDIUM = '(min-width: 640px)';

/** The panes of the window: widths, which the browser's storage has for the first picture and the preferences for good, and which panes a small window shows. */
export class Panes {
  readonly range = { min: 220, max: 420 };
  pipeline = $state(DEFAULTS.pipeline);
  inspector = $state(DEFAULTS.inspector);
  layout = $state<Layout>('wide');
  /** The side pane that a small window has on the screen, or would have. */
  side = $state<SidePane>('pipeline');
  /** Whether a narrow window shows the stage and not the side pane. */
  #stageFirst = $state(true);

  constructor() {
    const stored = readWidths();
    this.pipeline = this.#clamp(stored.pipeline);
    this.inspector = this.#clamp(stored.inspector);
    const [wide, medium] = [matchMedia(WIDE), matchMedia(MEDIUM)];
    const measure = () => (this.layout = wide.matches ? 'wide' : medium.matches ? 'medium' : 'narrow');
    for (const query of [wide, medium]) query.addEventListener('change', measure);
    measure();
  }

  isShown(pane: Pane): boolean {
    if (this.layout === 'wide') return true;
    if (pane === 'stage') return this.layout === 'medium' || this.#stageFirst;
    return this.side === pane && (this.layout === 'medium' || !this.#stageFirst);
  }

  /** Brings a pane on the screen, in place of another one where there is no room for both. */
  show(pane: Pane): void {
    this.#stageFirst = pane === 'stage';
    if (pane !== 'stage') this.side = pane;
  }

  setPipeline = (width: number): void => {
    this.pipeline = this.#clamp(width);
    this.#remember();
  };

  setInspector = (width: number): void => {
    this.inspector = this.#clamp(width);
    this.#remember();
  };

  /** As they were left the last time. */
  restore({ pipeline, inspector }: typeof DEFAULTS): void {
    this.setPipeline(pipeline);
    this.setInspector(inspector);
  }

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
