import type { DesktopApi } from '../src-main/bridge';
import type { DecodeTable } from '../src-worker/api';

/** Passes what the worker wants decoded on to the shell, each under a ticket by which it can be cancelled. */
export class Decoding {
  /** A field, so that it can be handed over by itself. */
  readonly decodeTable: DecodeTable;
  readonly #shell: Pick<DesktopApi, 'decodeTable' | 'cancelDecoding'>;
  readonly #tickets = new Set<string>();

  constructor(shell: Pick<DesktopApi, 'decodeTable' | 'cancelDecoding'>) {
    this.#shell = shell;
    this.decodeTable = async (name, bytes, options) => {
      const ticket = crypto.randomUUID();
      this.#tickets.add(ticket);
      try {
        return await shell.decodeTable(ticket, name, bytes, options);
      } finally {
        this.#tickets.delete(ticket);
      }
    };
  }

  /** Nobody waits for the shell's word: a decoding that cannot be cancelled ends by itself. */
  cancelAll(): void {
    for (const ticket of this.#tickets) this.#shell.cancelDecoding(ticket).catch(() => undefined);
  }
}
