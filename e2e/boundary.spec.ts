import { expectAccessible } from './axe';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { button, dropFiles, expectFinished, expectReady } from './window';

const penguins = join(dirname(fileURLToPath(import.meta.url)), 'data/penguins.csv');

const picture = (page: Page) => page.getByRole('img', { name: /points of/ });
const tile = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('the boundary of two features moves while training, and a click shows a unit instead', async ({
  app: { page },
}) => {
  await expectReady(page);
  await page.getByRole('tab', { name: 'Boundary' }).click();
  const stage = page.getByRole('main');
  await expect(stage.getByText('x1 and x2 are all the features there are: nothing is held.')).toBeVisible();
  await expect(picture(page)).toHaveAccessibleName(/over the network’s answers: .* of the plane/);
  const before = await picture(page).getAttribute('aria-label');
  await button(page, 'Train').click();
  await expect(picture(page)).not.toHaveAccessibleName(before!);
  await tile(page, 'unit 3').click();
  await expect(stage.getByRole('heading', { name: 'Layer 1, unit 3' })).toBeVisible();
  await expect(picture(page)).toHaveAccessibleName(/over the unit’s values from −\S+ to \S+/);
  await tile(page, 'ŷ the network’s answer').click();
  await expect(stage.getByRole('heading', { name: 'Boundary' })).toBeVisible();
  await expectFinished(page);
  await expect(stage.getByText(/points? answered wrongly/)).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`a table of six features is cut along two of them, or seen along its components, ${scheme}`, async ({
    app: { page },
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expectReady(page);
    await dropFiles(page, penguins);
    await expect(page.getByRole('list', { name: 'Layers' }).getByText('Dense 3')).toBeVisible();
    await expectReady(page);
    await button(page, 'Train').click();
    await expectFinished(page);
    await page.getByRole('tab', { name: 'Boundary' }).click();
    const stage = page.getByRole('main');
    await expect(
      stage.getByText(/A section along bill_length_mm and bill_depth_mm. The other 4 features are held/),
    ).toBeVisible();
    await expect(picture(page)).toHaveAccessibleName(/Adelie on .*, Chinstrap on .*, Gentoo on/);
    const before = await picture(page).getAttribute('aria-label');

    const flipper = stage.getByRole('textbox', { name: 'flipper_length_mm' });
    await expect(flipper).toHaveValue('197');
    await flipper.fill('230');
    await expect(picture(page)).not.toHaveAccessibleName(before!);
    await expect(stage.getByRole('slider', { name: 'flipper_length_mm' })).toHaveAttribute('aria-valuetext', '230');
    await button(page, 'Back to typical').click();
    await expect(picture(page)).toHaveAccessibleName(before!);
    await expectAccessible(page, 'the boundary');

    await stage.getByRole('combobox', { name: 'Across' }).selectOption('island');
    await expect(stage.getByText(/A section along island and bill_depth_mm/)).toBeVisible();
    await stage.getByRole('combobox', { name: 'Plane' }).selectOption('Principal components');
    await expect(stage.getByText(/the first two principal components of the network’s 9 inputs/)).toBeVisible();
    await expect(picture(page)).toHaveAccessibleName(/points of component 1 \(.*% of the variance\) and component 2/);
    await expectAccessible(page, 'the boundary');
  });
}
