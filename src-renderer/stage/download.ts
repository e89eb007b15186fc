/** Saves a blob the way pages do: the browser asks where, or puts it with the other downloads. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download holds its own reference from here on; the address is only needed until the click has been handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

/** A name that every file system takes, made from the experiment's: `penguins loss.png`. */
export function fileName(experiment: string, what: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are just what must go
  const safe = experiment.replace(/[\\/:*?"<>|\u0000-\u001f]/g, ' ').trim();
  return `${safe === '' ? 'experiment' : safe} ${what}`;
}
