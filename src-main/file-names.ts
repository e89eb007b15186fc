import type { Problem } from '../src-worker/problem';

/** Ending of a project's file name. */
export const PROJECT_EXTENSION = 'layerlab';

/** Of a lesson's. */
export const LESSON_EXTENSION = 'layerlab-lesson';

/** File systems take 255 bytes; the rest is for `.bak`. */
const LONGEST_NAME_BYTES = 240;

/** Signs that some system takes for a path, a drive or a pattern, and signs that do not show. */
// eslint-disable-next-line no-control-regex -- file names really must not hold control characters
const FORBIDDEN = /[/\\:*?"<>|\u0000-\u001f\u007f]/;

/** Names that Windows keeps for devices, whatever follows the dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** The name with its ending, which is added where it is missing. */
export function withExtension(name: string, extension: string): string {
  return name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`;
}

/** Why a bare file name, ending included, cannot be used on some system that the file may travel to; null where it can. */
export function checkFileName(name: string): Problem | null {
  const cause = findFault(name);
  if (cause === null) return null;
  return {
    code: 'save/bad-name',
    message: `“${name.slice(0, 80)}” cannot be the name of a file: ${cause}.`,
    hint: 'Choose a name of letters, digits, spaces, - and _.',
  };
}

/** A usable name as near to the text as possible: what a save dialog suggests. */
export function suggestFileName(text: string, extension: string): string {
  const plain = text
    .split(new RegExp(FORBIDDEN, 'g'))
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 60)
    .trim();
  const name = withExtension(plain === '' ? 'untitled' : plain, extension);
  return checkFileName(name) === null ? name : `untitled.${extension}`;
}

function findFault(name: string): string | null {
  const base = name.replace(/\.[^.]*$/, '');
  if (base.trim() === '') return 'it is empty';
  if (FORBIDDEN.test(name)) return 'it holds a sign such as / or : that paths are made of, or one that does not show';
  if (name.startsWith('.')) return 'names that begin with a dot are hidden';
  if (name !== name.trim() || base !== base.trim()) return 'it begins or ends with a space';
  if (name.endsWith('.') || base.endsWith('.')) return 'it ends with a dot';
  if (RESERVED.test(name)) return 'Windows keeps it for a device';
  if (/\p{Surrogate}/u.test(name)) return 'it holds half a character';
  if (Buffer.byteLength(name) > LONGEST_NAME_BYTES) return 'it is too long';
  return null;
}
