import { SaxesParser } from 'saxes';
import { ProblemError } from '../../../../src-worker/problem';

/** The attributes of an element by their names without namespace prefix. */
export type Attributes = (name: string) => string | undefined;

export interface XmlHandler {
  open(element: string, attributes: Attributes): void;
  text(text: string): void;
  close(element: string): void;
}

/**
 * Reads XML strictly, in pieces. A workbook has no document type, whose entities could grow without end, so one is refused.
 * @param file the workbook's name, for messages
 * @throws ProblemError for a document type; Error where it is not well-formed
 */
export async function readXml(pieces: AsyncIterable<Uint8Array>, file: string, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    const attributes: Readonly<Record<string, string>> = tag.attributes;
    handler.open(local(tag.name), (name) => {
      if (Object.hasOwn(attributes, name)) return attributes[name];
      const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
      return prefixed === undefined ? undefined : attributes[prefixed];
    });
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  parser.on('closetag', (tag) => handler.close(local(tag.name)));
  parser.on('doctype', () => {
    throw new ProblemError({
      code: 'xlsx/entities',
      message: `${file} declares a document type inside, which no spreadsheet program writes; it could be made to grow without end.`,
      hint: 'Open it in a spreadsheet program and save it again.',
      file,
    });
  });
  let decoder: TextDecoder | null = null;
  for await (const piece of pieces) {
    decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
    parser.write(decoder.decode(piece, { stream: true }));
  }
  parser.write(decoder?.decode() ?? '').close();
}

/** UTF-8, or UTF-16 by its mark; XML in other encodings is not allowed in workbooks. Source: ECMA-376 part 2, §8.1.4. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
