import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';
import { button, cards, expectFinished, expectReady, setField } from './window';

test('the doctor names a network that is one linear map; a click mends it, and undo takes that back', async ({
  app: { page },
}) => {
  await expectReady(page);
  await cards(page).first().click();
  await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Activation').selectOption('identity');
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  await expect(page.getByText('the network is one linear map.')).toBeVisible();
  await expect(page.getByText(/All its layers together are z = Wx \+ b with W = \[.+\]/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await button(page, 'Use tanh in the hidden layers').click();
  await expect(cards(page).first()).toContainText('tanh');
  await expect(page.getByText('the network is one linear map.')).toHaveCount(0);
  await expectReady(page);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(cards(page).first()).toContainText('identity');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(cards(page).first()).toContainText('tanh');
  await expectReady(page);
  await button(page, 'Train').click();
  await expectFinished(page);
  await expect(page.getByText(/Train and dev stay together|Train runs ahead/)).toBeVisible();
});

test('a learning rate that is far too small is a plateau; the click raises it tenfold', async ({ app: { page } }) => {
  await expectReady(page);
  await page.locator('[data-card]').filter({ hasText: 'α' }).click();
  await setField(page, 'Learning rate', '0.00001');
  await button(page, 'Train').click();
  await expectFinished(page);
  await expect(page.getByText('The loss hardly moves: the steps are too small.')).toBeVisible();
  await button(page, 'Raise the learning rate to 1e−4').click();
  const rate = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: 'Learning rate' });
  await expect(rate).toHaveValue('0.0001');
  await expect(page.getByText('The loss hardly moves: the steps are too small.')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(rate).toHaveValue('0.00001');
});
