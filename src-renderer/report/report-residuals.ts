import type { Residuals } from '../../src-worker/api';
import { formatCount, formatNumber } from '../charts/format';
import { escapeXml } from '../charts/line-svg';
import { PRINT_COLORS } from '../charts/print-colors';
import { formatTick, padRange, project, rangeOf, ticks, tickStep } from '../charts/scale';

const SIZE = 420;
const AREA = { left: 64, right: 404, top: 16, bottom: 372 };

/** Answers against targets, with the line on which they would be equal, and how the differences are spread. */
export function residualsHtml({ part, target, targets, answers, count }: Residuals): string {
  const range = padRange(rangeOf([...targets, ...answers]) ?? { min: 0, max: 1 }, 0.04);
  const x = (value: number) => Math.round(10 * project(value, range, { start: AREA.left, end: AREA.right })) / 10;
  const y = (value: number) => Math.round(10 * project(value, range, { start: AREA.bottom, end: AREA.top })) / 10;
  const step = tickStep(range.max - range.min, 5);
  const { '--hairline': hairline, '--ink-second': second, '--accent': accent } = PRINT_COLORS;
  const axes = ticks(range, 5).map((value) => {
    const text = escapeXml(formatTick(value, step));
    return `<path d="M${AREA.left} ${y(value)}H${AREA.right}" stroke="${hairline}"/><text x="${AREA.left - 8}" y="${y(value)}" dy="4" text-anchor="end">${text}</text><text x="${x(value)}" y="${AREA.bottom + 18}" text-anchor="middle">${text}</text>`;
  });
  const points = Array.from(targets, (value, i) => `<circle cx="${x(value)}" cy="${y(answers[i]!)}" r="2.5"/>`);
  const differences = Array.from(targets, (value, i) => answers[i]! - value).sort((a, b) => a - b);
  const at = (share: number) => formatNumber(differences[Math.round(share * (differences.length - 1))]);
  const shown = targets.length < count ? `${formatCount(targets.length)} of ` : '';
  const words = `${shown}${formatCount(count)} examples of the ${part} part: answer minus target from ${at(0)} to ${at(1)}, half of them between ${at(0.25)} and ${at(0.75)}.`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${escapeXml(`Answers against targets. ${words}`)}" font-size="12" fill="${second}">
${axes.join('\n')}
<path d="M${x(range.min)} ${y(range.min)}L${x(range.max)} ${y(range.max)}" stroke="${second}" stroke-dasharray="3 3"/>
<g fill="${accent}" fill-opacity="0.5">${points.join('')}</g>
<text x="${AREA.right}" y="${SIZE - 10}" text-anchor="end">${escapeXml(target)}: target across, answer upwards</text>
</svg>
<p>${escapeXml(words)}</p>`;
}
