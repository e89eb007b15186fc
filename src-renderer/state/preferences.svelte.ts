import type { Preferences } from '../../src-main/bridge';
import type { AppState } from './app.svelte';
import { attempt } from './attempt';

/** A choice is written down once the hand rests. */
const REST_MS = 500;

/** Theme, widths of the panes and the view looked at last, written down in the application's folder: a browser's profile may be a new one. */
export class PreferencesState {
  readonly #app: AppState;
  #written = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Applies what was written down, and writes down what is chosen from now on. */
  async begin(): Promise<void> {
    const read = await attempt(() => this.#app.bridge.readPreferences());
    if (!read.ok) return;
    if (read.value !== null) this.#apply(read.value);
    this.#written = JSON.stringify(this.#current());
    $effect.root(() => {
      $effect(() => this.#notice(this.#current()));
    });
  }

  #apply({ theme, panes, view }: Preferences): void {
    const app = this.#app;
    app.theme.choose(theme);
    if (panes !== null) app.panes.restore(panes);
    if (view !== null) app.stage.restore(view);
  }

  #current(): Preferences {
    const { theme, panes, stage } = this.#app;
    return { theme: theme.chosen, panes: { pipeline: panes.pipeline, inspector: panes.inspector }, view: stage.view };
  }

  #notice(preferences: Preferences): void {
    clearTimeout(this.#timer);
    const text = JSON.stringify(preferences);
    if (text === this.#written) return;
    this.#timer = setTimeout(() => {
      this.#written = text;
      // One that cannot be written lasts as long as the window.
      void attempt(() => this.#app.bridge.writePreferences(preferences));
    }, REST_MS);
  }
}
