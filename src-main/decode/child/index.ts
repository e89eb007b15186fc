import { answer } from './answer';

/**
 * The process that reads one file: takes a request, gives a reply, ends. It is made to be lost: it reads what strangers sent,
 * holds nothing of worth, and when it runs out of memory or time whoever started it says so.
 */

/** Electron's end of a utility process; absent on plain Node. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };

if (parentPort === undefined) {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin as AsyncIterable<Buffer>) pieces.push(piece);
  const reply = await answer(Buffer.concat(pieces));
  process.stdout.end(reply);
} else {
  // The parent ends this process once it has the reply.
  parentPort.on(
    'message',
    ({ data }) => void answer(data as Uint8Array).then((reply) => parentPort.postMessage(reply)),
  );
}
