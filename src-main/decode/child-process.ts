/**
 * A process that reads one file and ends, as the manager sees it: Node's on the command line and in the local shell, Electron's
 * utility process in the other.
 */
export interface DecoderChild {
  /** Hands over the request; once. */
  send(request: Uint8Array): void;
  /** Called at most once, with everything that the process replied before it ended or was stopped; null where that is nothing. */
  onEnd(listener: (reply: Uint8Array | null) => void): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
  /** Bytes that it has in memory at present, arrays included; 0 where the system does not say. */
  memory(): number;
}

export interface ChildLimits {
  /** Of the JavaScript heap, in which arrays of numbers do not count. */
  readonly heapMebibytes: number;
  /** Of the reply. */
  readonly replyBytes: number;
}

/** @throws Error where no process can be started */
export type StartDecoder = (limits: ChildLimits) => DecoderChild;
