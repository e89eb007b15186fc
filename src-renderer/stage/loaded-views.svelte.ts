import type { Component } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { STAGE_VIEWS, type ViewName } from './views';

/** The views whose code is here. A view that was once shown, or fetched ahead, is shown at once. */
export class LoadedViews {
  /** Null where the code could not be had. */
  readonly #components = new SvelteMap<ViewName, Component | null>();
  #asked: readonly ViewName[] = [];

  /** Undefined while its code is on the way. */
  get(name: ViewName): Component | null | undefined {
    return this.#components.get(name);
  }

  async fetch(name: ViewName): Promise<void> {
    if (this.#asked.includes(name)) return;
    this.#asked = [...this.#asked, name];
    const view = STAGE_VIEWS.find((each) => each.name === name);
    try {
      this.#components.set(name, (await view?.load())?.default ?? null);
    } catch {
      // The next look asks again: what served the window may be back by then.
      this.#asked = this.#asked.filter((asked) => asked !== name);
      this.#components.set(name, null);
    }
  }

  /** All others, one after the other, when the window has nothing else to do. */
  fetchAhead(): () => void {
    const missing = STAGE_VIEWS.find(({ name }) => !this.#asked.includes(name));
    if (missing === undefined) return () => undefined;
    let next: () => void = () => undefined;
    const waiting = requestIdleCallback(() => {
      void this.fetch(missing.name).then(() => {
        next = this.fetchAhead();
      });
    });
    return () => {
      cancelIdleCallback(waiting);
      next();
    };
  }
}
