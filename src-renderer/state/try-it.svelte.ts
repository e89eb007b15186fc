import type { ExampleInput, InputForm, Outcome, Part, Problem, ProbeInput } from '../../src-worker/api';
import { cellOf } from '../stage/input-values';

/** What gives examples and describes inputs: the training worker. */
interface InputSource {
  inputForm(): Promise<Outcome<InputForm>>;
  example(part: Part, index: number): Promise<Outcome<ExampleInput>>;
  imageInput(file: File): Promise<Outcome<Float32Array>>;
}

/** Points of a line that was drawn, in shares of the pad from its upper left corner. */
export type Stroke = readonly (readonly [x: number, y: number])[];

/** The input that is tried on the network: an example and what was changed of it, an image, or a drawing. */
export class TryItState {
  form = $state.raw<InputForm | null>(null);
  problem = $state.raw<Problem | null>(null);
  part = $state<Part>('test');
  /** What the input began with. */
  example = $state.raw<ExampleInput | null>(null);
  /** Values that differ from the example's, by column; null for a hole. */
  edited = $state.raw<Readonly<Record<string, number | null>>>({});
  /** An image that is none of the data's; null while the example's is tried. */
  own = $state.raw<{ readonly name: string; readonly pixels: Float32Array } | null>(null);
  strokes = $state.raw<readonly Stroke[]>([]);
  /** Whether a drawing is brought to the size and the middle that handwritten digits have in MNIST. */
  centred = $state(true);
  #of: unknown = null;
  #asked = 0;

  /** Null before the first example. */
  readonly input: ProbeInput | null = $derived.by(() => {
    if (this.own !== null) return { pixels: this.own.pixels };
    const { example, form } = this;
    if (example === null || form === null) return null;
    if ('pixels' in example.input) return example.input;
    const changed = form.fields.filter(({ column }) => Object.hasOwn(this.edited, column));
    const cells = changed.map((field) => [field.column, cellOf(this.edited[field.column] ?? null, field)] as const);
    return { row: { ...example.input.row, ...Object.fromEntries(cells) } };
  });

  /** Whether the input is the example as it was read. */
  get untouched(): boolean {
    return this.example !== null && this.own === null && Object.keys(this.edited).length === 0;
  }

  valueOf(column: string): number | null {
    if (Object.hasOwn(this.edited, column)) return this.edited[column] ?? null;
    const at = this.form?.fields.findIndex((field) => field.column === column) ?? -1;
    return this.example?.values[at] ?? null;
  }

  set(column: string, value: number | null): void {
    this.edited = { ...this.edited, [column]: value };
  }

  /** Begins anew with other data. @param of whatever these data are known by */
  async follow(source: InputSource, of: unknown, parts: Readonly<Record<Part, number>>): Promise<void> {
    if (this.#of === of) return;
    this.#of = of;
    const asked = ++this.#asked;
    this.form = this.example = this.own = this.problem = null;
    this.edited = {};
    this.strokes = [];
    const outcome = await source.inputForm();
    if (asked !== this.#asked) return;
    if (!outcome.ok) {
      this.problem = outcome.problems[0] ?? null;
      return;
    }
    this.form = outcome.value;
    const { image } = outcome.value;
    this.centred = image !== null && image.shape[0] === 1;
    this.part = (['test', 'dev', 'train'] as const).find((part) => parts[part] > 0) ?? 'train';
    await this.go(source, 0);
  }

  /** Takes another example; what was changed of the one before is forgotten. */
  async go(source: InputSource, index: number, part = this.part): Promise<void> {
    const asked = ++this.#asked;
    const outcome = await source.example(part, index);
    if (asked !== this.#asked) return;
    this.part = part;
    this.problem = outcome.ok ? null : (outcome.problems[0] ?? null);
    if (!outcome.ok) return;
    this.example = outcome.value;
    this.edited = {};
    this.own = null;
    this.strokes = [];
  }

  /** Takes an image file, as the training images were taken. */
  async take(source: InputSource, file: File): Promise<void> {
    const asked = ++this.#asked;
    const outcome = await source.imageInput(file);
    if (asked !== this.#asked) return;
    this.problem = outcome.ok ? null : (outcome.problems[0] ?? null);
    if (!outcome.ok) return;
    this.own = { name: file.name, pixels: outcome.value };
    this.strokes = [];
  }

  /** Takes what was drawn; nothing drawn is the example again. */
  draw(strokes: readonly Stroke[], pixels: Float32Array): void {
    this.strokes = strokes;
    this.own = strokes.length === 0 ? null : { name: 'your drawing', pixels };
  }
}
