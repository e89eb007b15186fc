import type { Endpoint } from 'comlink';

/**
 * The receiving end of a channel over which files go by reference: Node's own channels make a blob without a name of a file, where those of a browser
 * keep it one.
 */
export function withFiles(sender: MessagePort, receiver: MessagePort): Endpoint {
  const under: File[] = [];
  const send = sender.postMessage.bind(sender);
  const placed = (value: unknown): unknown => (value instanceof File ? { [PLACE]: under.push(value) - 1 } : value);
  // Comlink always names what it hands over.
  sender.postMessage = (message: unknown, transfer?: Transferable[] | StructuredSerializeOptions) =>
    send(replaced(message, placed), transfer as Transferable[]);
  const back = (value: unknown): unknown =>
    isRecord(value) && typeof value[PLACE] === 'number' ? under[value[PLACE]] : value;
  const addEventListener: Endpoint['addEventListener'] = (type, listener) => {
    receiver.addEventListener(type, (event) => {
      const { data, ports } = event as MessageEvent;
      const heard = { data: replaced(data, back), ports, origin: '' } as MessageEvent;
      if ('handleEvent' in listener) listener.handleEvent(heard);
      else listener(heard);
    });
  };
  return {
    addEventListener,
    removeEventListener: () => undefined,
    postMessage: receiver.postMessage.bind(receiver),
    start: () => receiver.start(),
  };
}

const PLACE = 'layerlabFile';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The same value with others in places, in plain objects and arrays; everything else is what it was. */
function replaced(value: unknown, by: (value: unknown) => unknown): unknown {
  const other = by(value);
  if (other !== value) return other;
  if (Array.isArray(value)) return value.map((each: unknown) => replaced(each, by));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, by)]));
}
