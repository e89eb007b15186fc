import { partNamed } from '../part-names';
import type { Part } from '../../engine';

/** An image file, wherever it lies. */
export interface ImageEntry {
  /** With its folders, / between them. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** @throws ProblemError where it cannot be read */
  read(): Promise<Uint8Array>;
}

export interface PlacedImage {
  readonly entry: ImageEntry;
  readonly className: string;
}

/** What the folders say of the images in them. */
export interface ImageTree {
  readonly parts: Readonly<Record<Part, readonly PlacedImage[]>>;
  /** Images beside the folders of the classes. */
  readonly loose: readonly ImageEntry[];
}

/**
 * Reads classes and parts out of the folders: after the folders that all images share, and after `train`, `val` or `test`, the next folder
 * names the class; folders within it belong to it. `photos/train/cat/old/1.png` is a cat to train on.
 *
 * @param known classes that are known already, such as those trained on when these are for the test
 */
export function readTree(entries: readonly ImageEntry[], known: readonly string[] = []): ImageTree {
  const paths = entries.map(({ name }) => name.split('/'));
  const depth = sharedDepth(paths, known);
  const folders = new Set(paths.filter((path) => path.length > depth + 1).map((path) => path[depth]!));
  const divided = folders.size > 0 && [...folders].every((folder) => partNamed(folder) !== null);
  /** Where the class stands in the paths through each folder. */
  const classAt = new Map([...folders].map((folder) => [folder, depth]));
  for (const folder of divided ? folders : []) {
    const inside = (of: (name: string) => boolean) =>
      paths.filter((path) => path.length > depth + 1 && of(path[depth]!)).map((path) => path.slice(depth + 1));
    // A part of a single class has no folder beside it, but the other parts know its name.
    const elsewhere = inside((name) => name !== folder).flatMap((path) => (path.length > 1 ? [path[0]!] : []));
    classAt.set(
      folder,
      depth +
        1 +
        sharedDepth(
          inside((name) => name === folder),
          [...known, ...elsewhere],
        ),
    );
  }
  const parts: Record<Part, PlacedImage[]> = { train: [], dev: [], test: [] };
  const loose: ImageEntry[] = [];
  entries.forEach((entry, index) => {
    const path = paths[index]!;
    const at = classAt.get(path[depth]!);
    if (at === undefined || path.length <= at + 1) loose.push(entry);
    else parts[divided ? partNamed(path[depth]!)! : 'train'].push({ entry, className: path[at]! });
  });
  return { parts, loose };
}

/** How many folders all paths begin with that are no class. */
function sharedDepth(paths: readonly (readonly string[])[], known: readonly string[]): number {
  const [first] = paths;
  if (first === undefined) return 0;
  const classes = new Set(known);
  const shared = (depth: number): boolean =>
    depth < first.length - 1 &&
    !classes.has(first[depth]!) &&
    paths.every((path) => path.length > depth + 1 && path[depth] === first[depth]);
  let depth = 0;
  while (shared(depth)) depth++;
  return depth;
}
