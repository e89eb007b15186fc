import type { ModelSnapshot, Problem } from '../../src-worker/api';
import { programOf, sizesOf, weightsOf, type Step } from './program';

/** What generated code of every language has in common. */

/** Signs that do not show, turn the reading direction, or end a line for some reader: never left in code as they are. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/**
 * A text as a literal in double quotes, good in Python and in JavaScript, and inert inside HTML: quotes, control signs, signs that
 * do not show and all that HTML could take for its own are escaped; letters of any script stay readable.
 */
export function quote(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, (sign) => `\\${sign}`)
    .replace(/[<>&`$]/g, escapeUnits)
    .replace(HIDDEN, escapeUnits);
  return `"${escaped}"`;
}

/** UTF-16 units as \uXXXX; a pair is written as one sign of its own by {@link quotePython}. */
function escapeUnits(sign: string): string {
  return Array.from({ length: sign.length }, (_, i) => `\\u${hex(sign.charCodeAt(i), 4)}`).join('');
}

/** As {@link quote}, but signs beyond 16 bits as Python wants them, in one piece. */
export function quotePython(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, (sign) => `\\${sign}`)
    .replace(HIDDEN, (sign) => {
      const code = sign.codePointAt(0)!;
      return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
    });
  return `"${escaped}"`;
}

export function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** Most digits that a float32 needs to read back to the same bits. */
const FLOAT32_DIGITS = 9;

/** The shortest decimal that reads back to the same float32, by way of float64; finite numbers only. */
export function shortestFloat32(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  for (let digits = 6; digits < FLOAT32_DIGITS; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(FLOAT32_DIGITS)));
}

/** Items separated by commas, broken into lines of at most `width` signs that begin with `margin`. */
export function wrap(items: Iterable<string>, margin: string, width = 118): string {
  const lines: string[] = [];
  let line = margin;
  for (const item of items) {
    const next = line === margin ? `${margin}${item},` : `${line} ${item},`;
    if (next.length > width && line !== margin) {
      lines.push(line);
      line = `${margin}${item},`;
    } else {
      line = next;
    }
  }
  if (line !== margin) lines.push(line);
  return lines.join('\n');
}

/** `Layer 1, dense: 2 → 4, tanh`. Made of our own words only, so that it can stand in any comment. */
export function describeStep(step: Step): string {
  const { number, kind, inputShape, outputShape, activation } = step;
  const function_ = activation === null ? '' : `, ${activation}`;
  return `Layer ${number}, ${kind}: ${sizesOf(inputShape)} → ${sizesOf(outputShape)}${function_}`;
}

/** Weights as text take ten times their bytes, and compilers and interpreters many times that. */
const MOST_WEIGHTS_AS_CODE = 2_000_000;

/** For formats that write weights as numbers in code: says which layer is too much for that. */
export function fitsIntoCode(label: string): (model: ModelSnapshot) => readonly Problem[] {
  return (model) => {
    const counts = programOf(model).steps.map((step) => ({
      step,
      count: weightsOf(step).reduce((sum, { values }) => sum + values.length, 0),
    }));
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    if (total <= MOST_WEIGHTS_AS_CODE) return [];
    const largest = counts.reduce((most, each) => (each.count > most.count ? each : most));
    return [
      {
        code: 'export/too-many-weights',
        message: `${label} writes weights as text and holds up to ${MOST_WEIGHTS_AS_CODE.toLocaleString('en')} of them, but the network has ${total.toLocaleString('en')}, ${largest.count.toLocaleString('en')} of them in layer ${largest.step.number} (${largest.step.kind}).`,
        hint: 'Choose ONNX or PyTorch, whose files hold weights of any number, or make that layer smaller.',
      },
    ];
  };
}
