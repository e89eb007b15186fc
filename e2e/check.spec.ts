import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';
import { button, expectReady, setField } from './window';

test('the gradient check passes on the user’s own network, and fails in the named arrays with a bug planted', async ({
  app: { page },
}) => {
  await expectReady(page);
  await page.getByRole('tab', { name: 'Check' }).click();
  const verdicts = page.getByRole('region', { name: 'Verdicts' });
  const verdictOf = (array: string) => verdicts.getByRole('row', { name: new RegExp(`^${array} `) });
  await expect(page.getByText('Every gradient is right.')).toBeVisible();
  await expect(verdictOf('W1')).toContainText('right');
  await expect(page.getByRole('img', { name: /Worst relative error of \w+ over h.*The limit is 1e−6/ })).toBeVisible();

  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      scheme,
    ).toEqual([]);
  }

  await page.getByRole('combobox', { name: 'Planted bug' }).selectOption({ label: 'g′ of the wrong layer' });
  await expect(page.getByText('Caught: W1 and b1 fail.')).toBeVisible();
  await expect(verdictOf('b1')).toContainText('wrong');
  await expect(verdictOf('W2')).toContainText('right');

  await page.getByRole('combobox', { name: 'Planted bug' }).selectOption({ label: 'A lost transpose' });
  await expect(page.getByText('It does no harm to this network.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Planted bug' }).selectOption({ label: 'none' });
  await expect(page.getByText('Every gradient is right.')).toBeVisible();
  await page.getByRole('slider', { name: 'h, the distance' }).press('End');
  await expect(page.getByText(/because h is too large/)).toBeVisible();

  await setField(page, 'Units', '3');
  await expectReady(page);
  await expect(page.getByText(/of the network as it was before the last edit/)).toBeVisible();
  await button(page, 'Check again').click();
  await expect(verdicts).toContainText('3 × 2');
});
