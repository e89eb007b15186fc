const STORAGE_KEY = 'layerlab.lessons';
const MOST_PLACES = 200;

/** Where one stands in a lesson. */
interface Place {
  readonly step: number;
  readonly finished: boolean;
}

const BEGINNING: Place = { step: 0, finished: false };

/** Where one stands in every lesson, by its title, remembered on this machine. */
export class LessonPlaces {
  #places: Readonly<Record<string, Place>> = readPlaces();

  of(title: string): Place {
    return (Object.hasOwn(this.#places, title) ? this.#places[title] : undefined) ?? BEGINNING;
  }

  keep(title: string, step: number): void {
    this.#put(title, { ...this.of(title), step });
  }

  finish(title: string): void {
    this.#put(title, { step: 0, finished: true });
  }

  forget(title: string): void {
    this.#put(title, { ...this.of(title), step: 0 });
  }

  #put(title: string, place: Place): void {
    const others = Object.entries(this.#places).filter(([name]) => name !== title);
    this.#places = Object.fromEntries([...others, [title, place] as const].slice(-MOST_PLACES));
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(this.#places));
    } catch {
      // storage may be barred; the places then last as long as the window
    }
  }
}

function readPlaces(): Readonly<Record<string, Place>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).flatMap(([title, place]: [string, unknown]) =>
        isPlace(place) ? [[title, { step: place.step, finished: place.finished }]] : [],
      ),
    );
  } catch {
    return {};
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null || !('step' in value) || !('finished' in value)) return false;
  return Number.isSafeInteger(value.step) && Number(value.step) >= 0 && typeof value.finished === 'boolean';
}
