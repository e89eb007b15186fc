const STORAGE_KEY = 'layerlab.recent-commands';
const MOST = 8;

/** What was last chosen in the palette, the newest first; remembered on this machine. */
export function recentCommands(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    return []; // storage may be barred or damaged; the palette then begins with nothing
  }
}

export function rememberCommand(id: string): void {
  try {
    const ids = [id, ...recentCommands().filter((other) => other !== id)].slice(0, MOST);
    localStorage.setItem(STORAGE_KEY, JSON.stringify(ids));
  } catch {
    // storage may be barred
  }
}
