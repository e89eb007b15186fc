import type { DesktopApi } from '../bridge';
import type { Decoder } from '../decode/decoder';
import type { Keep } from '../keep/keep';
import type { Places } from '../places';
import { createServices } from '../services';

/** Windows that are gone may come back, as a tab does that is loaded again; beyond this many the oldest are forgotten. */
const MOST_WINDOWS = 100;

/** The windows that this server knows, each with services of its own, and which of them are there. */
export class Attendance {
  readonly #keep: Keep;
  readonly #places: Places;
  readonly #decoder: Decoder;
  readonly #fixed: DesktopApi | null;
  readonly #services = new Map<string, DesktopApi>();
  /** Windows that were there and are gone. */
  readonly #gone = new Set<string>();

  /** @param fixed the same services for every window, for tests */
  constructor(keep: Keep, places: Places, decoder: Decoder, fixed: DesktopApi | null) {
    this.#keep = keep;
    this.#places = places;
    this.#decoder = decoder;
    this.#fixed = fixed;
  }

  /** False where a page is there already that calls itself so. */
  enter(window: string): boolean {
    this.#gone.delete(window);
    return this.#keep.claims.enter(window);
  }

  leave(window: string): Promise<void> {
    this.#gone.add(window);
    return this.#keep.claims.leave(window);
  }

  /**
   * The shell ends in order: windows that are gone by then were closed. A browser that ends with its last window takes that one's farewell
   * along, so it is said here.
   */
  async endTheGone(): Promise<void> {
    for (const window of this.#gone) await this.#services.get(window)?.endSession();
  }

  servicesOf(window: string): DesktopApi {
    const known = this.#fixed ?? this.#services.get(window);
    if (known !== undefined) return known;
    const services = createServices(this.#places, this.#decoder, { window, keep: this.#keep });
    this.#services.set(window, services);
    const [oldest] = this.#services.keys();
    if (this.#services.size > MOST_WINDOWS && oldest !== undefined) this.#services.delete(oldest);
    return services;
  }
}
