import type { Problem } from '../src-worker/problem';

interface OtherKind {
  readonly what: string;
  readonly hint: string;
  readonly matches: (head: string, bytes: Uint8Array) => boolean;
}

const ELSEWHERE = 'Choose a project that Layerlab saved (.layerlab); data is loaded as data.';

/** Files that are easily taken for a project, by their first bytes (as Latin-1), the surest first. */
const OTHER_KINDS: readonly OtherKind[] = [
  { what: 'is empty', hint: 'Choose another copy of it.', matches: (_head, bytes) => bytes.length === 0 },
  {
    what: 'is a web page, not a project: the download probably failed',
    hint: 'Download the file itself again.',
    matches: (head) => /^\s*<(!doctype html|html)/i.test(head),
  },
  {
    what: 'is only a pointer to a file kept in Git LFS',
    hint: 'Fetch the file itself with “git lfs pull”.',
    matches: (head) => head.startsWith('version https://git-lfs'),
  },
  {
    what: 'is a bare experiment document without weights',
    hint: 'Drop it on the window to start from it, or choose a project that was saved with its weights.',
    matches: (head) => /^(\xef\xbb\xbf)?\s*\{/.test(head),
  },
  { what: 'is a gzip file', hint: ELSEWHERE, matches: (head) => head.startsWith('\x1f\x8b') },
  { what: 'is a picture', hint: ELSEWHERE, matches: (head) => /^(\x89PNG|GIF8|\xff\xd8\xff)/.test(head) },
  { what: 'is not a Layerlab project', hint: ELSEWHERE, matches: (head) => !'PK'.startsWith(head.slice(0, 2)) },
];

/** What the file really is where it is certainly no project; null where it may be one. */
export function recogniseOther(bytes: Uint8Array, file: string): Problem | null {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const other = OTHER_KINDS.find((kind) => kind.matches(head, bytes));
  if (other === undefined) return null;
  return { code: 'project/other-kind', message: `${file} ${other.what}.`, hint: other.hint, file };
}
