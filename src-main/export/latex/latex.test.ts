import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { everyKind } from '../../testing/export-models';
import { exportedFiles } from '../../testing/exports';
import { makeModel, numberFeature } from '../../testing/models';

const hasLatex = spawnSync('pdflatex', ['--version'], { stdio: 'ignore' }).status === 0;
if (!hasLatex) process.stderr.write('Skipped: there is no pdflatex.\n');

const hostile = makeModel({
  name: '\\end{document}\\input{/etc/passwd}',
  features: [numberFeature('100 % of $5_000^2 & #1 ~{x}'), numberFeature('"é" <漢字> 😀 |')],
  classes: ['\\', 'a\nb', '`quoted\u2019'],
});

test('says of every input what it is, each wave of a date too', async () => {
  const text = new TextDecoder().decode((await exportedFiles('latex', everyKind()[3]!))[0]!.bytes);
  expect(text).toContain('mass: scaled as $(v - 4201) \\cdot 0.001250$');
  expect(text).toContain('seen, day of the week (cos): $\\cos(2 \\pi t / 7)$ of the days $t$ since 1970');
  expect(text).toContain('born: days $t$ since 1970, scaled as $(t + 3000) \\cdot 0.001000$');
});

/** One after another: pdflatex asks for nothing, ends at the first error, and says of every line that is too wide. */
test.skipIf(!hasLatex)(
  'documents compile, and no line of them runs into the margin',
  { timeout: 120_000 },
  async () => {
    const kinds = everyKind();
    const models = [hostile, kinds[0]!, kinds[3]!, kinds[5]!, kinds[6]!];
    const folder = mkdtempSync(join(tmpdir(), 'layerlab-latex-'));
    try {
      for (const [n, model] of models.entries()) {
        writeFileSync(join(folder, `${n}.tex`), (await exportedFiles('latex', model))[0]!.bytes);
        const log = execFileSync(
          'pdflatex',
          ['-no-shell-escape', '-interaction=nonstopmode', '-halt-on-error', `${n}.tex`],
          { cwd: folder, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, max_print_line: '1000' } },
        );
        expect(log, `model ${n}`).toMatch(/Output written on \d\.pdf/);
        const wide = [...log.matchAll(/Overfull \\hbox \(([\d.]+)pt/g)].map(([, points]) => Number(points));
        expect(Math.max(0, ...wide), `model ${n}: points over`).toBeLessThan(1);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
