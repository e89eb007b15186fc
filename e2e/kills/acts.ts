import { expect, type Page } from '@playwright/test';
import type { Random } from '../../src-worker/random';
import { button, cards, setField } from '../window';

/** Something that a person does in the window, whether it trains or not. */
type Act = (page: Page, random: Random) => Promise<void>;

const outOfFields = (page: Page): Promise<void> => page.getByRole('heading', { name: 'Layerlab' }).click();

async function press(page: Page, key: string): Promise<void> {
  await outOfFields(page);
  await page.keyboard.press(key);
}

async function setUnits(page: Page, random: Random): Promise<void> {
  const card = cards(page).first();
  const [, before] = /Dense (\d+)/.exec(await card.innerText()) ?? [];
  await card.click();
  await setField(page, 'Units', String(2 + ((Number(before) - 1 + random.integer(9)) % 10)));
}

async function setOfTraining(page: Page, label: string, value: number): Promise<void> {
  await page.locator('[data-card]').last().click();
  await setField(page, label, String(value));
}

/** Never the same twice: an edit that changes nothing would be no step of undo. */
const someRate = (random: Random): number => (1 + random.integer(1_000_000)) / 20_000_000;

const ACTS: readonly Act[] = [
  (page) => press(page, 'Space'),
  (page) => press(page, 'Space'),
  (page) => press(page, 'Space'),
  (page) => press(page, 'ArrowRight'),
  (page) => press(page, 'Shift+ArrowRight'),
  (page) => press(page, 'k'),
  setUnits,
  (page, random) => setOfTraining(page, 'Learning rate', someRate(random)),
  async (page, random) => {
    await setOfTraining(page, 'Learning rate', someRate(random));
    await press(page, 'ControlOrMeta+z');
  },
  async (page, random) => {
    await setUnits(page, random);
    await press(page, 'ControlOrMeta+z');
    await press(page, 'ControlOrMeta+Shift+z');
  },
  async (page, random) => {
    await page.getByRole('tab', { name: 'Runs' }).click();
    const names = page.getByLabel(/^Name of (run|checkpoint) /);
    const count = await names.count();
    if (count === 0) return;
    const name = names.nth(random.integer(count));
    await name.fill(`named ${random.integer(1000)}`);
    await name.press('Enter');
  },
  async (page, random) => {
    await page.getByRole('tab', { name: 'Data' }).click();
    await page.getByRole('radio', { name: 'Rows', exact: true }).check({ force: true });
    const row = page
      .getByRole('grid', { name: 'Rows' })
      .getByRole('row')
      .nth(1 + random.integer(8));
    await row.getByRole('gridcell').first().click();
    await page.keyboard.press('Delete');
  },
  (page) => page.getByRole('tab', { name: 'Curves' }).click(),
];

/** So long a run that no kill finds it at its end. */
export async function beginLongRun(page: Page): Promise<void> {
  await setOfTraining(page, 'Epochs', 1_000_000);
  await expect(page.getByRole('progressbar', { name: 'Epochs trained' })).toHaveAttribute('aria-valuemax', '1000000');
  await press(page, 'Space');
}

/** Goes on with one act after the other until `over`. */
export async function actUntil(page: Page, random: Random, over: () => boolean): Promise<void> {
  while (!over()) await ACTS[random.integer(ACTS.length)]!(page, random);
}

/** Trains to the end of that epoch, as fast as it goes. */
export async function trainTo(page: Page, epoch: number): Promise<void> {
  await pause(page);
  await page.locator('[data-card]').last().click();
  await page.getByRole('combobox', { name: 'Pace' }).selectOption('full-speed');
  await press(page, 'e');
  const dialog = page.getByRole('dialog', { name: 'Train to an epoch' });
  await dialog.getByLabel('Stop at the end of epoch').fill(String(epoch));
  await dialog.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: 'Epochs trained' })).toHaveAttribute(
    'aria-valuenow',
    String(epoch),
  );
  await expect(button(page, 'Train')).toBeEnabled();
}

/** The run that is on the screen once more from its seed, with every edit at the step at which it was made. */
export async function repeatRun(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Runs' }).click();
  const present = page.getByRole('row').filter({ hasText: 'on the screen' });
  await present.getByRole('button', { name: /^Repeat .* exactly$/ }).click();
}

async function pause(page: Page): Promise<void> {
  const pausing = button(page, 'Pause');
  if (await pausing.isVisible()) await pausing.click();
  await expect(button(page, 'Train')).toBeEnabled();
}
