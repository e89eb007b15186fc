/** One input tried on the network of the run, with its whole way through the layers. Types only: they cross to the window. */
import type { Prediction, RawRow } from '../../api';
import type { Part } from '../../engine';
import type { Outcome } from '../../problem';
import type { Shape } from '../../tensor';
import type { InputField } from '../inputs/input-types';

/** What the trainer offers to try single inputs. */
export interface ProbeApi {
  /** What an input of the prepared data consists of. */
  inputForm(): Outcome<InputForm>;

  /** One example of a part as it was read, by its place in the part; a problem where there is none. */
  example(part: Part, index: number): Outcome<ExampleInput>;

  /** The pixels of an image file, brought to the size and the colours of the training images as those were. */
  imageInput(file: File): Promise<Outcome<Float32Array>>;

  /** What the network says to one input at the present weights, and `a` of every layer on the way. */
  probe(input: ProbeInput): Outcome<Probed>;
}

/** A row as a file would have it, or the pixels of an image before any scaling, `[channels, height, width]`. */
export type ProbeInput = { readonly row: RawRow } | { readonly pixels: Float32Array };

/** Of tables the fields, of images their shape and what their pixels are; the other is empty or null. */
export interface InputForm {
  readonly fields: readonly InputField[];
  readonly image: {
    readonly shape: Shape;
    /** The least and the largest pixel of some training images: 0 and 255 where they use the whole range of bytes. */
    readonly low: number;
    readonly high: number;
    /** Whether their edges are dark: what is drawn is drawn in white then. */
    readonly dark: boolean;
    /** Whether the pixels are whole numbers. */
    readonly whole: boolean;
  } | null;
}

export interface ExampleInput {
  readonly part: Part;
  readonly index: number;
  /** Examples of the part. */
  readonly count: number;
  readonly input: ProbeInput;
  /** Of a row the value of each field, see `InputField`; null for a hole, and for a category that has no input. Empty for images. */
  readonly values: readonly (number | null)[];
  /** The class, or the number in the target's own units. */
  readonly target: string | number;
}

export interface Probed {
  readonly prediction: Prediction;
  /** What the network sees of it: scaled, one-hot. `[…inputShape]` */
  readonly x: Float32Array;
  /** In order; those that are switched off are left out. */
  readonly layers: readonly ProbedLayer[];
  /** What it took to compute. */
  readonly ms: number;
}

export interface ProbedLayer {
  /** From 1, counting every layer of the document. */
  readonly number: number;
  readonly shape: Shape;
  /** `a` of the layer, `[…shape]`; of a large layer the first units or channels. */
  readonly a: Float32Array;
}
