import { fail, succeed, type Outcome, type Problem } from '../../problem';
import { createRandom, type Random } from '../../random';
import type { SweepPlan, SweepPoint, SweptNumber, SweptSetting, SweptValue } from './sweep-plan';

/** More runs than these are no small sweep any more. */
export const MOST_POINTS = 400;
/** Figures of a value that is worked out: enough to find the place again, few enough to read. */
const FIGURES = 3;
/** Draws for each point that is still missing, where most that come have been drawn before. */
const TRIES = 50;

/**
 * The points of a plan, in the order in which they are trained: of a grid with the last setting changing fastest. A function of the plan and
 * nothing else. A random plan has fewer points than it asks for where its ranges hold no more.
 */
export function sweepPoints(plan: SweepPlan): Outcome<readonly SweepPoint[]> {
  const problems = plan.settings.flatMap(misfits);
  const [first, second] = plan.settings;
  if (first === undefined) problems.push(noSetting);
  else if (first.path === second?.path) problems.push(sameSetting(first.label));
  if (problems.length > 0) return fail(...problems);
  const count =
    plan.method === 'random' ? plan.draws : plan.settings.reduce((n, each) => n * gridValues(each).length, 1);
  if (count > MOST_POINTS) return fail(tooMany(count));
  return succeed(plan.method === 'random' ? drawn(plan) : crossed(plan.settings));
}

/** The values of a setting in a grid, each once. */
export function gridValues(setting: SweptSetting): readonly SweptValue[] {
  if (setting.kind === 'choice') return setting.options.map(({ value }) => value);
  const { count } = setting;
  const values = Array.from({ length: count }, (_, n) => valueAt(setting, count === 1 ? 0 : n / (count - 1)));
  return [...new Set(values)];
}

function crossed(settings: readonly SweptSetting[]): readonly SweepPoint[] {
  return settings.reduce<readonly SweepPoint[]>(
    (points, setting) => points.flatMap((point) => gridValues(setting).map((value) => [...point, value])),
    [[]],
  );
}

function drawn({ settings, draws, seed }: SweepPlan): readonly SweepPoint[] {
  const randoms = settings.map(({ path }) => createRandom(seed, 'sweep', path));
  const points = new Map<string, SweepPoint>();
  for (let tries = 0; points.size < draws && tries < draws * TRIES; tries++) {
    const point = settings.map((setting, n) => draw(setting, randoms[n]!));
    const key = JSON.stringify(point);
    if (!points.has(key)) points.set(key, point);
  }
  return [...points.values()];
}

function draw(setting: SweptSetting, random: Random): SweptValue {
  if (setting.kind === 'choice') return setting.options[random.integer(setting.options.length)]!.value;
  if (!setting.whole || setting.spacing === 'ratio') return valueAt(setting, random.uniform());
  // Rounding would give the two ends half the chance of the others.
  return setting.from + random.integer(setting.to - setting.from + 1);
}

/** The value at a share of the way: from + share · (to − from), or from · (to / from)^share. */
function valueAt({ from, to, spacing, whole }: SweptNumber, share: number): number {
  // The ends are what was typed, to the last figure.
  if (share === 0 || share === 1) return share === 0 ? from : to;
  const value = spacing === 'ratio' ? from * (to / from) ** share : from + share * (to - from);
  const rounded = whole ? Math.round(value) : Number(value.toPrecision(FIGURES));
  return Math.min(to, Math.max(from, rounded));
}

function misfits(setting: SweptSetting): Problem[] {
  const { label, path } = setting;
  if (setting.kind === 'choice') {
    if (setting.options.length > 0) return [];
    const message = `${label} has nothing to choose from.`;
    return [{ code: 'sweep/no-choice', message, hint: 'Tick at least one choice.', path }];
  }
  const { from, to, count, spacing } = setting;
  if (!(from <= to) || (from === to && count > 1)) {
    const message = `The range of ${label.toLowerCase()} goes from ${from} to ${to}.`;
    return [{ code: 'sweep/range', message, hint: 'Let it end above where it begins.', path }];
  }
  if (spacing === 'ratio' && from <= 0) {
    const message = `${label} cannot rise by a factor from ${from}.`;
    return [{ code: 'sweep/ratio', message, hint: 'Begin above 0, or take even steps.', path }];
  }
  return [];
}

const noSetting: Problem = {
  code: 'sweep/no-setting',
  message: 'There is no setting to sweep over.',
  hint: 'Choose one or two.',
};

function sameSetting(label: string): Problem {
  return { code: 'sweep/same-setting', message: `${label} is there twice.`, hint: 'Choose another second setting.' };
}

function tooMany(count: number): Problem {
  return {
    code: 'sweep/too-many',
    message: `These are ${count.toLocaleString('en')} runs; a sweep has at most ${MOST_POINTS}.`,
    hint: 'Take fewer values.',
  };
}
