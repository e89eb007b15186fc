import type { Field } from './experiment/field';

/** What every registered concept says of itself: enough to draw its form and to validate it in a document. */
export interface Definition<K extends string> {
  /** Kebab-case, equal to the file name and to `kind` in the document. */
  readonly kind: K;
  readonly label: string;
  /** One sentence: what it is for. */
  readonly summary: string;
  readonly fields: readonly Field[];
  /** KaTeX source of its equation in the notes' notation, with `[l]` written as `[\ell]`. */
  readonly equation: string;
  /** Short name of the notes and equation number, such as `CS229 notes (1.6)`. */
  readonly source: string;
}
