import type { ImportFormatId, ReadModel } from './read-model';

/** A file of a model; several where a format keeps description and weights apart. */
export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A format that a model can come from: everything about it in one value. */
export interface ImportFormat {
  readonly id: ImportFormatId;
  readonly label: string;
  /** Whether the first file's content is of this format; its name only where content cannot tell. */
  accepts(file: ModelFile): boolean;
  /**
   * Reads it. Pure: nothing in the file is run, no path or address in it is followed, no more is allocated than a small multiple of its size.
   * @param files the model file first, then what was dropped with it
   * @throws ProblemError where the file is damaged; a sound file that cannot be trained comes back with `problems`
   */
  read(files: readonly ModelFile[]): Promise<Omit<ReadModel, 'format' | 'label' | 'name'>>;
}
