import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** An archive with these parts. */
export async function yazlFile(parts: Readonly<Record<string, string | Buffer>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) {
    zip.addBuffer(Buffer.from(content as string), name, { compress: true });
  }
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
