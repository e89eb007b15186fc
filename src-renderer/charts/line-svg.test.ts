import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { escapeXml, lineSvg, type Picture } from './line-svg';
import { PRINT_COLORS } from './print-colors';

const frame = { title: 'Loss', description: 'It falls.', xLabel: 'epoch', width: 640, height: 360 };

const picture: Picture = {
  x: { min: 0, max: 4 },
  y: { min: 0, max: 1 },
  scale: 'linear',
  lines: [
    {
      label: 'dev',
      color: '--accent',
      points: [0, 1, 2, 3, 4].map((x) => ({ x, y: x === 2 ? Number.NaN : 1 - x / 4 })),
    },
  ],
  marks: [{ x: 2, label: 'rate 1 → 2' }],
  ring: { x: 4, y: 0 },
};

describe('lineSvg', () => {
  it('draws a line with a gap where it has no number', () => {
    const path = /<path d="(M[^"]+)" stroke="#5b5bd6"\/>/.exec(lineSvg(picture, frame))?.[1];
    // x: 64 … 620 over 4 epochs, y: 316 … 52 for 0 … 1.
    expect(path).toBe('M64 52L203 118M481 250L620 316');
  });

  it('puts decades at equal distances, and leaves out what has no logarithm', () => {
    const points = [1, 0.1, 0, 0.01, 0.001].map((y, x) => ({ x, y }));
    const y = { min: 0.001, max: 1 };
    const svg = lineSvg({ ...picture, scale: 'logarithmic', y, lines: [{ ...picture.lines[0]!, points }] }, frame);
    expect(svg).toContain('M64 52L203 140M481 228L620 316');
    for (const tick of ['>0.001<', '>0.01<', '>0.1<', '>1<']) expect(svg).toContain(tick);
  });

  it('escapes every text', () => {
    const hostile = '"><script>alert(1)</script>&';
    const svg = lineSvg(
      { ...picture, lines: [{ ...picture.lines[0]!, label: hostile }], marks: [{ x: 1, label: hostile }] },
      { ...frame, title: hostile, description: hostile, xLabel: hostile },
    );
    expect(svg).not.toContain('<script');
    expect(svg.match(/&#60;script/g)).toHaveLength(6);
    expect(escapeXml('a\u0000b')).toBe('a b');
  });

  it('asks for nothing from anywhere', () => {
    expect(lineSvg(picture, frame).replace('http://www.w3.org/2000/svg', '')).not.toMatch(/http|url\(|href/);
  });
});

it('knows the colours of the light theme', () => {
  const css = readFileSync(join(import.meta.dirname, '../app.css'), 'utf8');
  const light = css.slice(0, css.indexOf("[data-theme='dark']"));
  for (const [token, color] of Object.entries(PRINT_COLORS)) expect(light).toContain(`${token}: ${color};`);
});
