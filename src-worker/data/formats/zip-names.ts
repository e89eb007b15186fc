/** Bytes 128 to 255 of the IBM PC’s character set, code page 437, which zip names are in where nothing else is said. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * The name of an entry, with / between its folders. Many programs write UTF-8 without saying so; bytes that make UTF-8 are taken for it,
 * others for code page 437.
 *
 * @param unicode whether the archive says that the name is UTF-8
 */
export function decodeName(bytes: Uint8Array, unicode: boolean): string {
  return decodeText(bytes, unicode).replaceAll('\\', '/');
}

function decodeText(bytes: Uint8Array, unicode: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !unicode, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128])).join('');
  }
}

/** Why a name may not be used; null where it may. Nothing is ever written under it, but it must not lie either. */
export function unsafeName(name: string): string | null {
  if (name === '') return 'has no characters';
  if (name.includes('\0')) return 'holds a zero character';
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'begins at the root of a disk';
  if (name.split('/').includes('..')) return 'climbs out of its folder';
  return null;
}
