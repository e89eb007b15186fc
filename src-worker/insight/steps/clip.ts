import type { StepTrace } from '../step-types';
import { derivedLine, literal, scalar, type LayerContext, type TraceContext } from './context';
import { entry, number, term, type Line, type Operand, type Step } from './step';

/** What clipping leaves of the gradient: 1 where it is short enough. */
export function euclideanShare({ clipNorm, gradientNorm }: StepTrace): number {
  return clipNorm > 0 && gradientNorm > clipNorm ? clipNorm / gradientNorm : 1;
}

/** The gradient of one parameter, shortened. */
export function clippedGradient(layer: LayerContext, name: string): Line {
  const g = layer.gradient(name);
  const share = number('c', euclideanShare(layer.context.trace));
  return derivedLine(
    { ...g, name: `${g.name}_clipped`, sup: `${g.sup}\\text{clip}` },
    {
      right: ['c', g],
      explain: (i) => [term(share, entry(g, i))],
      code: () => `${g.name}_clipped = clip * ${g.name}`,
    },
  );
}

/** Clipping by the norm over all arrays, Pascanu et al. (2013); no step where nothing was shortened. */
export function clipSteps(context: TraceContext): Step[] {
  const { trace } = context;
  if (euclideanShare(trace) === 1) return [];
  const all = context.layers.flatMap((layer) =>
    layer.layer.parameters
      .filter(({ trained }) => trained)
      .map(({ name }) => ({ layer, name, g: layer.gradient(name) })),
  );
  return [
    {
      id: 'clip',
      chip: '\\text{clip}',
      ...{ phase: 'update', layer: null, title: 'The gradient as a whole is longer than allowed, and is shortened' },
      source: 'Pascanu et al. (2013), algorithm 1',
      given: [],
      lines: () => {
        const squares = all.map(({ g }) => squareOf(g));
        const norm = derivedLine(scalar('norm2', '\\lVert \\nabla J \\rVert^2'), {
          right: squares.flatMap(({ result }, i) => (i === 0 ? [result] : ['+', result])),
          explain: () => squares.map(({ result }) => term(entry(result, 0))),
          code: () => `norm2 = ${squares.map(({ result }) => result.name).join(' + ')}`,
        });
        const factor = derivedLine(scalar('clip', 'c'), {
          right: [`${trace.clipNorm} \\big/ \\sqrt{`, norm.result, '}'],
          explain: () => [
            term(
              number(String(trace.clipNorm), trace.clipNorm),
              number('\\tfrac{1}{\\lVert \\nabla J \\rVert}', 1 / Math.sqrt(norm.result.values[0]!)),
            ),
          ],
          code: () => `clip = ${literal(trace.clipNorm)} / norm2 ** 0.5`,
        });
        return [...squares, norm, factor, ...all.map(({ layer, name }) => clippedGradient(layer, name))];
      },
      thetaLines: null,
    },
  ];
}

function squareOf(g: Operand): Line {
  return derivedLine(scalar(`sq_${g.name}`, `\\textstyle\\sum (${g.symbol}^{${g.sup}})^2`), {
    right: ['\\textstyle\\sum (', g, ')^2'],
    explain: () => Array.from({ length: g.values.length }, (_, i) => term(entry(g, i), entry(g, i))),
    code: () => `sq_${g.name} = (${g.name} ** 2).sum()`,
  });
}
