import { latexOf, type Line, type Operand, type Piece } from '../../../src-worker/insight/steps';
import { gridOf, shapeText } from './grid';

/** More numbers than this are no equation any more: a copy says so in their place. */
const MOST_IN_LATEX = 400;

/** The equation of a line. With `shapes`, each factor has its shape below it, as in CS229 notes (3.29). */
export function equationOf({ result, right }: Line, shapes: boolean): string {
  const write = (operand: Operand): string =>
    shapes
      ? `\\underbrace{${latexOf(operand)}}_{${shapeText(operand).replaceAll(' × ', '\\times ')}}`
      : latexOf(operand);
  return `${write(result)} = ${right.map((piece) => (typeof piece === 'string' ? piece : write(piece))).join('\\,')}`;
}

/** What stands between two tables: a root that reaches over a table becomes a sign in front of it. */
export function markBetween(piece: string): string {
  const open = piece.replace(/\\sqrt\{$/, '\\surd\\,(');
  const count = (brace: RegExp): number => open.match(brace)?.length ?? 0;
  const closes = count(/(?<!\\)\}/g) > count(/(?<!\\)\{/g);
  const balanced = closes ? open.replace(/(?<!\\)\}/, ')') : open;
  return balanced
    .replaceAll(/\\[Bb]igg?[lr]?(?=[()|])/g, '')
    .replaceAll('\\Big/', '/')
    .replaceAll('\\big/', '/');
}

/** The equation with its numbers. */
export function lineToLatex(line: Line): string {
  const write = (piece: Piece): string => (typeof piece === 'string' ? piece : matrix(piece));
  return `${equationOf(line, false)}\n\n${write(line.result)} = ${line.right.map(write).join(' ')}`;
}

function matrix(operand: Operand): string {
  const { rows, columns, planes, index } = gridOf(operand);
  if (operand.layout === 'scalar') return String(operand.values[0]);
  if (planes > 1 || rows * columns > MOST_IN_LATEX)
    return `\\underbrace{${latexOf(operand)}}_{${shapeText(operand).replaceAll(' × ', '\\times ')}}`;
  const row = (r: number): string =>
    Array.from({ length: columns }, (_, c) => String(operand.values[index(0, r, c)])).join(' & ');
  return `\\begin{bmatrix} ${Array.from({ length: rows }, (_, r) => row(r)).join(' \\\\ ')} \\end{bmatrix}`;
}

/** The result as rows of numbers, as the screen shows it; planes of images follow each other, named. */
export function lineToCsv({ result }: Line): string {
  const { rows, columns, planes, index, planeName } = gridOf(result);
  const lines: string[] = [];
  for (let plane = 0; plane < planes; plane++) {
    if (planes > 1) lines.push(`"${planeName(plane)}"`);
    for (let r = 0; r < rows; r++) {
      lines.push(Array.from({ length: columns }, (_, c) => String(result.values[index(plane, r, c)])).join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The lines as a program with every array that they start from. */
export function linesToNumpy(lines: readonly Line[]): string {
  const made = new Set<string>();
  const given: string[] = [];
  for (const { result, right } of lines) {
    for (const piece of right) {
      if (typeof piece === 'string' || made.has(piece.name)) continue;
      made.add(piece.name);
      given.push(`${piece.name} = ${arrayOf(piece)}`);
    }
    made.add(result.name);
  }
  return ['import math', 'import numpy as np', '', ...given, '', ...lines.map((line) => line.code('np')), ''].join(
    '\n',
  );
}

function arrayOf({ values, shape }: Operand): string {
  return `np.array([${Array.from(values).join(', ')}]).reshape(${shape.length === 0 ? '()' : shape.join(', ')})`;
}
