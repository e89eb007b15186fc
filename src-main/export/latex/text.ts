const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '"': '\\textquotedbl{}',
  '|': '\\textbar{}',
};

const LONGEST = 60;

/**
 * A text for the body of a document: special signs named, what the fonts of every TeX lack written as its code, and cut where it is
 * too long for a line.
 */
export function latexText(text: string): string {
  const signs = [...text];
  const shown = signs.slice(0, LONGEST).map((sign) => {
    const code = sign.codePointAt(0)!;
    if (code < 0x20 || code === 0x7f) return ' ';
    if (code < 0x7f) return SPECIAL[sign] ?? sign;
    const letter = /\p{L}/u.test(sign) && code < 0x180;
    return letter ? sign : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
  return shown.join('') + (signs.length > LONGEST ? '\\ldots{}' : '');
}
