import { MAX_TEXT_CHARACTERS, MAX_TEXTS } from '../../../../src-worker/data/limits';
import type { OfficePackage } from './package';
import { readXml } from './xml';

/** The texts of a workbook: those that its sheets share, then those that stand in a cell itself. */
export class Texts {
  private readonly list: string[] = [];
  private readonly indexOf = new Map<string, number>();
  private characters = 0;

  get length(): number {
    return this.list.length;
  }

  at(index: number): string {
    return this.list[index] ?? '';
  }

  push(text: string): void {
    this.characters += text.length;
    if (this.list.length >= 2 * MAX_TEXTS || this.characters > 2 * MAX_TEXT_CHARACTERS) {
      throw new Error('it holds more text than the app takes');
    }
    this.list.push(unescape(text));
  }

  /** The index of a text that stands in a cell. */
  intern(text: string): number {
    const known = this.indexOf.get(text);
    if (known !== undefined) return known;
    this.push(text);
    this.indexOf.set(text, this.list.length - 1);
    return this.list.length - 1;
  }
}

/** Reads the texts that sheets share. Source: ECMA-376 part 1, §18.4. */
export async function readTexts(file: string, parts: OfficePackage, part: string | null): Promise<Texts> {
  const texts = new Texts();
  if (part === null || !parts.has(part)) return texts;
  const gather = new TextGatherer();
  await readXml(parts.read(part), file, {
    open: (element) => gather.open(element),
    text: (text) => gather.text(text),
    close(element) {
      gather.close(element);
      if (element === 'si') texts.push(gather.take());
    },
  });
  return texts;
}

/** Puts together the runs of a rich text, without the readings above Japanese characters. */
export class TextGatherer {
  private inText = false;
  private inPhonetic = false;
  private gathered = '';

  open(element: string): void {
    if (element === 't') this.inText = true;
    if (element === 'rPh') this.inPhonetic = true;
  }

  text(text: string): void {
    if (this.inText && !this.inPhonetic) this.gathered += text;
  }

  close(element: string): void {
    if (element === 't') this.inText = false;
    if (element === 'rPh') this.inPhonetic = false;
  }

  take(): string {
    const text = this.gathered;
    this.gathered = '';
    return text;
  }
}

/** `_x000D_` stands for a character that XML cannot hold. Source: §22.4.2.4. */
function unescape(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
