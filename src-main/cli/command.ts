/** What a command talks to: `process` on the command line, a recorder in tests. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  cwd(): string;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** One command of `layerlab`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `layerlab NAME --help` prints. */
  readonly usage: string;
  /**
   * @param args everything after the command's name
   * @returns the exit status: 0, or 1 where the work was done and its result is bad
   * @throws ProblemError for bad arguments or input: exit status 2
   */
  run(args: readonly string[], io: Io): Promise<number>;
}
