import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Outcome } from '../../src-worker/problem';
import { writeDurably } from '../durable-write';
import type { SchemaOf } from '../model-schema';
import type { Preferences } from './keep-types';

const widthSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(10_000));

export const preferencesSchema: SchemaOf<Preferences> = v.strictObject({
  theme: v.nullable(v.picklist(['light', 'dark'])),
  panes: v.nullable(v.strictObject({ pipeline: widthSchema, inspector: widthSchema })),
  view: v.nullable(v.pipe(v.string(), v.maxLength(100))),
});

/** How a person likes the window, in one small file. Losing it loses nothing else. */
export class PreferencesFile {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null where nothing was chosen yet, or the file is spoilt or of another version. */
  async read(): Promise<Preferences | null> {
    try {
      const parsed = v.safeParse(preferencesSchema, JSON.parse(await readFile(this.#path, 'utf8')));
      return parsed.success ? parsed.output : null;
    } catch {
      return null;
    }
  }

  async write(preferences: Preferences): Promise<Outcome<null>> {
    await mkdir(this.#folder, { recursive: true });
    const text = `${JSON.stringify(preferences, null, 2)}\n`;
    return writeDurably(this.#path, new TextEncoder().encode(text), { keepPrevious: false });
  }

  get #path(): string {
    return join(this.#folder, 'preferences.json');
  }
}
