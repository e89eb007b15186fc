/**
 * A parameter of a layer, initializer, optimizer or sample, described as data. Validation, defaults, the inspector's form and
 * the help of the CLI are all drawn from these, so that a new kind needs no second description anywhere.
 */
export type Field = NumberField | ChoiceField | ExtentField | PaddingField | KindField;

interface FieldBase {
  /** Key in the document. */
  readonly name: string;
  /** Sentence case, as the inspector shows it. */
  readonly label: string;
  /** One plain sentence for the tooltip. */
  readonly help: string;
  /** The notes' symbol, such as `α`, where there is one. */
  readonly symbol?: string;
}

export interface NumberField extends FieldBase {
  readonly type: 'number' | 'integer';
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  /** The bound itself is not allowed. */
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
  /** What an arrow key or a spinner adds; with `scale: 'log'` values are multiplied instead. */
  readonly step?: number;
  readonly scale?: 'linear' | 'log';
  readonly unit?: string;
}

export interface ChoiceField extends FieldBase {
  readonly type: 'choice';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly default: string;
}

/** Whole numbers of height and width, see `Extent` of the document. */
export interface ExtentField extends FieldBase {
  readonly type: 'extent';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** An earlier extent field of the same kind whose value stands in where this one is left out. */
  readonly follows?: string;
}

/** A word out of the options, or a whole number of zeros on every side. */
export interface PaddingField extends FieldBase {
  readonly type: 'padding';
  readonly options: readonly { readonly value: 'valid' | 'same'; readonly label: string }[];
  readonly default: 'valid' | 'same';
  readonly min: number;
  readonly max: number;
}

/** A nested object `{ kind, …its own fields }` out of a registry, such as a layer's initializer. */
export interface KindField extends FieldBase {
  readonly type: 'kind';
  readonly registry: 'initializers';
  readonly default: string;
}
