import type { Locator, Page } from 'playwright/test';
import { button, expect, open, test, trainFor } from './heed.ts';

/** The reference always has words, whatever an untrained model says. */
const FORCED = 'decoding=teacher-forced';

/** The stage above has a heatmap of its own. */
const drawer = (page: Page): Locator => page.getByRole('region', { name: 'Look inside' });

const map = (page: Page, name: string): Locator =>
  drawer(page).getByRole('grid', { name: new RegExp(`^${name} from`) });

const tableSwitch = (page: Page): Locator => drawer(page).getByRole('button', { name: 'Table', exact: true });

async function openPanel(page: Page, link = FORCED): Promise<void> {
  await open(page, link);
  await button(page, 'Does it explain?').click();
  await expect(map(page, 'Erasure')).toBeVisible();
}

test('three heatmaps of the same words stand beside their agreement', async ({ page }) => {
  await openPanel(page);
  for (const name of ['Attention', 'Gradient × input', 'Erasure']) {
    const grid = map(page, name);
    const [rows, columns] = [await grid.getByRole('rowheader').count(), await grid.getByRole('columnheader').count()];
    await expect(grid.getByRole('gridcell', { name: /^output \d/ })).toHaveCount(rows * columns);
  }
  const overall = page.getByRole('row', { name: /^All outputs/ });
  await expect(overall.getByRole('cell')).toHaveText([
    /\d\.\d\d/,
    /^\d+ of \d+$/,
    /\d\.\d\d/,
    /^\d+ of \d+$/,
    /\d\.\d\d/,
    /^\d+ of \d+$/,
  ]);
  await expect(page.getByText('The model has not been trained yet')).toBeVisible();
  await expect(page.getByRole('img', { name: /At each encoder state.*: from .+ to .+ nats/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /At each decoder state/ })).toBeVisible();
});

test('a cell under the pointer is read out with all three numbers and lights its words everywhere', async ({
  page,
}) => {
  await openPanel(page);
  await map(page, 'Gradient × input')
    .getByRole('gridcell', { name: /^output 2/ })
    .first()
    .hover();
  await expect(page.locator('.explains-readout')).toContainText(
    /‘.+’ and ‘.+’: attention \d\.\d\d · gradient × input .+ nats, share \d\.\d\d · erasure .+ nats, share/,
  );
  for (const name of ['Attention', 'Gradient × input', 'Erasure'])
    await expect(map(page, name).locator('.axis-word.lit').first()).toBeVisible();
  await expect(page.locator('.heatmap .axis-word.source.lit').first()).toBeAttached();
  await expect(page.locator('.flow-lit').first()).toBeAttached();
  await expect(page.locator('.agreement tr.lit').first()).toBeAttached();
});

test('cells are walked by keyboard and an output word says what each puts first', async ({ page }) => {
  await openPanel(page);
  const cells = map(page, 'Erasure').getByRole('gridcell', { name: /^output/ });
  await cells.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(cells.nth(1)).toBeFocused();
  await expect(cells.nth(1)).toHaveAttribute('aria-label', /^output 1 '.+', input 2 '.+': erasure .+ nats, share/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator('.explains-readout')).toContainText('pinned');
  await page.keyboard.press('Escape');
  await expect(page.locator('.explains-readout')).not.toContainText('pinned');
  await map(page, 'Attention').getByRole('rowheader').first().hover();
  await expect(page.locator('.explains-readout')).toContainText(/most: attention .+ · gradient × input .+ · erasure/);
});

test('the numbers as they are, and as a table', async ({ page }) => {
  await openPanel(page);
  await page.getByText('Signed', { exact: true }).click();
  await expect(page.getByText(/^−[\d.].* to \+[\d.].* nats$/)).toHaveCount(2);
  await tableSwitch(page).click();
  const table = page.getByRole('table', { name: /Attention, gradient × input and erasure of every pair/ });
  await expect(table).toBeVisible();
  await expect(table.getByRole('row').nth(1).getByRole('cell')).toHaveText([/^\d\.\d\d$/, /^[+−]?\d/, /^[+−]?\d/]);
  await expect(page.getByRole('table', { name: /At each decoder state/ })).toBeVisible();
});

test('it follows the training, and the words on the stage', async ({ page }) => {
  await openPanel(page);
  await expect(page.locator('.panel-step')).toContainText('step 0');
  await trainFor(page, 3);
  await page.mouse.move(2, 2);
  await expect(page.locator('.panel-step')).not.toContainText(/step 0\b/);
  await expect(page.getByText('The model has not been trained yet')).toHaveCount(0);
  const words = () => map(page, 'Erasure').getByRole('columnheader').allTextContents();
  const before = await words();
  await page.getByLabel('Sentence to translate').fill('the small cat sleeps');
  await button(page, 'Translate').click();
  await expect.poll(words).toEqual(['the', 'small', 'cat', 'sleeps']);
  expect(before).not.toEqual(['the', 'small', 'cat', 'sleeps']);
});

test('without attention the other two are compared, with layers in one direction too', async ({ page }) => {
  await openPanel(page, `${FORCED}&score=none&layers=2&bidirectional=false`);
  await expect(drawer(page).getByText('This model has no attention')).toBeVisible();
  await expect(map(page, 'Attention')).toHaveCount(0);
  await expect(page.getByText('Without attention the loss reaches a word only')).toBeVisible();
  await page.getByText('Layer 1', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Layer 1' })).toBeChecked();
});
