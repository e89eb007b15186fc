/**
 * The files of a drop; those in dropped folders bear the folders before their names, as in `pets/cat/1.png`. To be called while the drop is being
 * handled: afterwards the browser has forgotten it.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory === true)) return plain;
  const files: File[] = [];
  for (const entry of entries) if (entry !== null) await collect(entry, '', files);
  return files;
}

/** The files of a folder that was chosen in a dialog, named likewise. */
export function chosenFiles(input: HTMLInputElement): readonly File[] {
  return [...(input.files ?? [])].map((file) =>
    file.webkitRelativePath === '' ? file : named(file, file.webkitRelativePath),
  );
}

async function collect(entry: FileSystemEntry, folder: string, files: File[]): Promise<void> {
  const name = `${folder}${entry.name}`;
  if (isFolder(entry)) {
    for (const inner of await entriesOf(entry)) await collect(inner, `${name}/`, files);
    return;
  }
  const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
  files.push(folder === '' ? file : named(file, name));
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** In the order of their names; the browser hands them out a hundred at a time, and none when all are out. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all.sort((a, b) => (a.name < b.name ? -1 : 1));
    all.push(...some);
  }
}

/** The same file under another name; its bytes stay where they are. */
function named(file: File, name: string): File {
  return new File([file], name, { type: file.type, lastModified: file.lastModified });
}
