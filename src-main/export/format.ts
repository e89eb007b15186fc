import type { ModelSnapshot, Proof, RawInputs, TrainingData } from '../../src-worker/api';
import type { Outcome, Problem } from '../../src-worker/problem';
import type { FloatArray } from '../../src-worker/tensor';
import type { ExportFormatInfo, ExportOptions } from '../bridge';

/** A file of an export. Its name is plain ASCII of our own choice, never a text out of the model. */
export interface ExportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether an archive packs it: text shrinks, floats hardly do. */
  readonly compress: boolean;
}

/** Answers raw inputs with ŷ `[count, outputs]` as the file gives it, before any unscaling of the target. */
export type ExportReader = (inputs: RawInputs) => Promise<FloatArray>;

/**
 * A format that a model can leave in: everything about it in one value. Formats of several files have the extension `zip`; all
 * others make exactly one.
 */
export interface ExportFormat extends ExportFormatInfo {
  /**
   * What the format cannot say of this model, by layer and reason, before anything is made. Empty where it holds all of it.
   * Weights that are not finite are looked for once for all formats.
   * @param options complete and valid by {@link ExportFormatInfo.options}
   */
  cannotHold(model: ModelSnapshot, options: ExportOptions): readonly Problem[];

  /**
   * The model as files. Pure: no disk, no clock; equal models give equal bytes. Only for models that `checkModel` found sound and
   * {@link cannotHold} has nothing against.
   * @param options complete and valid by {@link ExportFormatInfo.options}
   * @param proof goes into the file as far as the format has room for it
   * @param data never null for a format that takes them
   */
  encode(
    model: ModelSnapshot,
    options: ExportOptions,
    proof: Proof,
    data: TrainingData | null,
  ): Outcome<readonly ExportFile[]> | Promise<Outcome<readonly ExportFile[]>>;

  /**
   * Opens the files with a reader that shares no code with {@link encode}, where one runs in JavaScript: the app's own proof.
   * Absent exactly where {@link ExportFormatInfo.proves} is not `reread`.
   */
  reread?(files: readonly ExportFile[], model: ModelSnapshot): Promise<ExportReader>;

  /** How the file proves itself with these options; left out, as {@link ExportFormatInfo.proves} says. */
  provesWith?(options: ExportOptions): ExportFormatInfo['proves'];

  /** How a format of several files becomes one, where a path asks for it by its ending. */
  readonly alone?: { readonly extension: string; readonly options: ExportOptions };

  /** The line of code, or the command, that uses the file of this name. */
  usage(fileName: string): string;
}

/** The one file of most formats. */
export function oneFile(bytes: Uint8Array, name = 'model'): readonly ExportFile[] {
  return [{ name, bytes, compress: false }];
}

/** The one file of a format that is text. */
export function textFile(name: string, text: string): ExportFile {
  return { name, bytes: new TextEncoder().encode(text), compress: true };
}

/** For formats that hold whatever the app can train. */
export function holdsEverything(): readonly Problem[] {
  return [];
}
