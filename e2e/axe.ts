import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/**
 * No violation of WCAG 2.2 AA that axe can see.
 * @param where said when there is one
 * @param within the part of the page that is looked at; without it all of the page, with what it says of itself, such as title and language
 */
export async function expectAccessible(page: Page, where: string, within?: string): Promise<void> {
  // Without frames of other origins there is no need of a second page to gather what each found, and only violations are wanted in full: three times as fast.
  const axe = new AxeBuilder({ page })
    .options({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] })
    .setLegacyMode(true);
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(found, where).toEqual([]);
}
