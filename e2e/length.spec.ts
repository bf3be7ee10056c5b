/** Quality against sentence length, without and with attention, while both learn. */

import AxeBuilder from '@axe-core/playwright';
import { button, expect, open, test } from './heed.ts';

test('sentences of every length are measured in both lanes, in a chart and in a table', async ({ page }) => {
  await open(page, 'executor=cpu&panel=compare&compare=lengths&race-steps=50');
  const panel = page.getByRole('region', { name: 'Look inside' });
  await expect(panel).toContainText('the curves grow here');
  await button(page, 'Start').click();
  await expect(panel.getByRole('status')).toHaveText(/Over at step 50/, { timeout: 60_000 });
  await expect(panel.getByRole('img', { name: /from the shortest to the longest sentences/ })).toBeVisible();

  await panel.getByRole('button', { name: 'Table' }).click();
  const lengths = panel.getByRole('rowheader');
  await expect(lengths).toHaveText(['3', '4', '5', '6', '7', '8', '9', '10']);
  await expect(panel.getByRole('columnheader')).toHaveText(['Length', 'Sentences', 'None', 'Additive (Bahdanau)']);

  // The number of sentences behind a point is where the point is.
  await panel.getByRole('listbox', { name: /by length/ }).focus();
  await page.keyboard.press('End');
  await expect(panel).toContainText(/length 10, \d+ sentences: None [\d.]+\s%, Additive \(Bahdanau\) [\d.]+\s%/);
  await panel.getByText('BLEU', { exact: true }).click();
  await expect(panel.getByRole('cell').last()).toHaveText(/^[01]\.\d\d$/);

  const { violations } = await new AxeBuilder({ page }).include('.drawer').analyze();
  expect(violations).toEqual([]);
});
