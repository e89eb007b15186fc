import type { Page } from '@playwright/test';
import { median } from '../statistics';
import { markdownTable } from '../table';
import { press, show } from './hands';
import { stepsPerSecond, watch } from './watch';

/** Nothing of it follows training. */
const QUIET = 'Data';
/** The first look of a view at something new is made at once, and made up for later: what it costs is not what the view costs while it is open. */
const FIRST_LOOK_MS = 3_000;

export interface ViewCost {
  readonly view: string;
  /** Steps a second with the view open ÷ without, round by round. */
  readonly shares: readonly number[];
  /** Pictures of the boundary a second. */
  readonly pictures: number;
}

/** What each view costs the training that is under way: each in turns with a view that follows nothing. */
export async function measureViews(page: Page, rounds: number, watchMs: number): Promise<ViewCost[]> {
  const tabs = await page.getByRole('tab').allInnerTexts();
  const views = tabs.map((tab) => tab.trim()).filter((view) => view !== QUIET);
  const shares = new Map(views.map((view) => [view, [] as number[]]));
  const pictures = new Map<string, number>();
  // From the beginning each time: a run of a hundred thousand epochs is kept and drawn more slowly than a young one.
  const speed = async (view: string): Promise<number> => {
    await press(page, 'Reset');
    await show(page, view);
    await press(page, 'Train');
    await page.waitForTimeout(FIRST_LOOK_MS);
    const watched = await watch(page, watchMs);
    pictures.set(view, (1000 * watched.pictures) / watchMs);
    return stepsPerSecond(watched.steps);
  };
  for (let round = 0; round < rounds; round++) {
    let before = await speed(QUIET);
    for (const view of views) {
      const open = await speed(view);
      const after = await speed(QUIET);
      shares.get(view)!.push(open / ((before + after) / 2));
      before = after;
    }
  }
  return views.map((view) => ({ view, shares: shares.get(view)!, pictures: pictures.get(view)! }));
}

export function viewsReport(network: string, costs: readonly ViewCost[]): string {
  const percent = (share: number): string => `${(100 * (1 - share)).toFixed(0)} %`;
  return [
    `**What a view costs training while it is open**, \`${network}\`, in turns with the view Data, which follows nothing:`,
    '',
    markdownTable(
      ['view', 'costs, median', 'least', 'most', 'pictures of the boundary a second'],
      costs.map(({ view, shares, pictures }) => [
        view,
        percent(median(shares)),
        percent(Math.max(...shares)),
        percent(Math.min(...shares)),
        pictures === 0 ? '' : pictures.toFixed(0),
      ]),
      1,
    ),
  ].join('\n');
}
