export type Theme = 'light' | 'dark';

const STORAGE_KEY = 'layerlab.theme';

/**
 * Light or dark: the system's unless the person chose otherwise. The browser's storage has it for the first picture, before the shell has said
 * what the preferences are.
 */
export class ThemeState {
  #chosen = $state<Theme | null>(readChoice());
  #system = $state<Theme>('light');

  constructor() {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    this.#system = dark.matches ? 'dark' : 'light';
    dark.addEventListener('change', () => {
      this.#system = dark.matches ? 'dark' : 'light';
      this.#apply();
    });
    this.#apply();
  }

  get current(): Theme {
    return this.#chosen ?? this.#system;
  }

  /** What the person chose; null where the system's is followed. */
  get chosen(): Theme | null {
    return this.#chosen;
  }

  toggle(): void {
    const next: Theme = this.current === 'light' ? 'dark' : 'light';
    // Back on the system's own theme, follow the system again.
    this.choose(next === this.#system ? null : next);
  }

  choose(theme: Theme | null): void {
    this.#chosen = theme;
    writeChoice(theme);
    this.#apply();
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.current;
  }
}

function readChoice(): Theme | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    return null; // storage may be barred; the system's theme is a fine answer
  }
}

function writeChoice(theme: Theme | null): void {
  try {
    if (theme === null) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // storage may be barred; the choice then lasts as long as the window
  }
}
