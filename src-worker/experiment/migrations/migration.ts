/** A document as JSON gave it, before anything of it is checked. */
export type RawDocument = Readonly<Record<string, unknown>>;

/** How a document of one version becomes one of the next. */
export interface Migration {
  /** The version that it reads; it makes the next one. */
  readonly from: number;
  /** What is new in the next version, in a sentence. */
  readonly change: string;
  /**
   * A pure function to a new document that means the same. What has not the form it expects it leaves as it is: the parser, which comes after
   * the last step, says what is wrong with it. The number of the version is seen to elsewhere.
   */
  migrate(document: RawDocument): RawDocument;
}
