/**
 * The buffers of every typed array in a piece of plain data, each once: what may move to another thread with it. Only for data
 * whose arrays nobody else holds and that do not lie in WebAssembly memory, which cannot move.
 */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) found.add(part.buffer);
      return;
    }
    Object.values(part).forEach(visit);
  };
  visit(value);
  return [...found];
}
