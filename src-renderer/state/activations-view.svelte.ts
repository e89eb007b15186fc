import type { ExampleRequest, FindRequest, FoundExample, Outcome, Part } from '../../src-worker/api';

/** What finds examples: the training worker. */
interface ExampleFinder {
  findExample(request: FindRequest): Promise<Outcome<FoundExample>>;
}

/** Which examples the arrows stop at: every one, those answered wrongly, or those of a class, by its index. */
export type StopAt = 'any' | 'wrong' | number;

/** What of the Activations view outlives a look at another view. */
export class ActivationsViewState {
  look = $state<'example' | 'batch'>('example');
  part = $state<Part>('train');
  index = $state(0);
  stopAt = $state<StopAt>('any');
  /** The feature map that is large; null for none. */
  open = $state.raw<{ readonly layer: number; readonly channel: number } | null>(null);
  /** Of the matrix over many examples; 0 for the first. */
  layer = $state(0);
  searching = $state(false);
  /** What a search ended with, where it found nothing. */
  note = $state('');
  #search = 0;
  #origin = 0;

  readonly request: ExampleRequest = $derived({ part: this.part, index: this.index });

  /** Forgets what was said of another experiment's data. */
  belongTo(origin: number): void {
    if (this.#origin === origin) return;
    this.#origin = origin;
    this.choosePart('train');
    this.stopAt = 'any';
    this.open = null;
    this.layer = 0;
  }

  choosePart(part: Part): void {
    this.part = part;
    this.choose(0);
  }

  choose(index: number): void {
    this.#search++;
    this.searching = false;
    this.note = '';
    this.index = index;
  }

  /**
   * To the next example that the arrows stop at, round the ends of the part.
   * @param count examples of the part
   */
  async move(finder: ExampleFinder, by: 1 | -1, count: number): Promise<void> {
    if (count < 1) return;
    const { stopAt, part, index: from } = this;
    if (stopAt === 'any') {
      this.choose((from + by + count) % count);
      return;
    }
    const search = ++this.#search;
    this.searching = true;
    this.note = '';
    const kind = stopAt === 'wrong' ? stopAt : { ofClass: stopAt };
    for (let passed = 0; ;) {
      const outcome = await finder.findExample({ part, kind, from, by, passed });
      // By now another example may be chosen, or another part.
      if (search !== this.#search) return;
      if (outcome.ok && outcome.value.index === null && outcome.value.passed < outcome.value.of) {
        ({ passed } = outcome.value);
        continue;
      }
      this.searching = false;
      if (!outcome.ok) this.note = outcome.problems[0]?.message ?? '';
      else if (outcome.value.index !== null) this.index = outcome.value.index;
      else this.note = `The ${part} part has no such example.`;
      return;
    }
  }
}
