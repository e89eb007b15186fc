import { closeSync, openSync, writeSync } from 'node:fs';
import { createRandom } from '../src-worker/random';

export const LARGE_COLUMNS = 20;

/**
 * Writes a CSV file of numbers, some 189 bytes a row: 19 features of six decimal places, and y, their weighted sum with some noise.
 */
export function writeLargeTable(path: string, rows: number): void {
  const random = createRandom(1, 'large table');
  const features = LARGE_COLUMNS - 1;
  const file = openSync(path, 'w');
  let text = `${Array.from({ length: features }, (_, n) => `x${n + 1}`).join(',')},y\n`;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let n = 0; n < features; n++) {
      const value = (random.uniform() - 0.5) * 10;
      sum += (value * (n - 9)) / 10;
      text += `${value.toFixed(6)},`;
    }
    text += `${(sum + random.uniform()).toFixed(5)}\n`;
    if (text.length > 2 ** 20) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
}
