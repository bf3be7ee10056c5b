import { violations } from './axe.ts';
import { button, cells, expect, open, test } from './heed.ts';

/** Large enough to learn the task within two hundred steps. */
const LEARNS = 'embedding=16&hidden=16&decoderHidden=16&attention=16&readout=16&batch=32&learningRate=0.01';

test('a visitor trains a classifier, sees which word decides, and has a sentence of their own classified', async ({
  page,
}) => {
  await open(page, 'task=actor', LEARNS);
  const meters = page.getByRole('region', { name: 'How well it does' });
  await expect(meters.getByText('Deciding word', { exact: true })).toBeVisible();
  await expect(meters.getByText('BLEU')).toHaveCount(0);
  await button(page, 'Train').click();
  await expect
    .poll(async () => Number.parseFloat((await page.locator('[data-figure="exact"]').first().textContent()) ?? ''), {
      timeout: 60_000,
    })
    .toBeGreaterThan(95);
  await button(page, 'Pause').click();
  await expect(button(page, 'Train')).toBeEnabled();

  const box = page.getByRole('textbox', { name: 'Sentence to classify' });
  await box.fill('the window was painted by hugo while anna slept');
  await button(page, 'Classify').click();
  // One row, with the name behind "by" first.
  await expect(cells(page)).toHaveCount(9);
  const classes = page.getByRole('region', { name: 'Probability of each class' });
  await expect(classes.getByRole('listitem')).toHaveCount(10);
  await expect(classes.locator('[aria-current="true"]')).toContainText('Hugo');
  await expect(page.getByText('No right answer is known for this sentence.')).toBeVisible();
});

test('what belongs to a decoder is not there, and the panels open', async ({ page }) => {
  await open(page, 'task=negation');
  await expect(page.getByRole('group', { name: 'Previous word comes from' })).toHaveCount(0);
  await expect(button(page, 'Next words')).toHaveCount(0);
  await page.getByRole('button', { name: /^Attention( \d+ changed)?$/ }).click();
  await expect(page.getByLabel('Score', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Attends', { exact: true })).toHaveCount(0);
  for (const panel of ['Open cell', 'LSTM step', 'What if', 'Word map', 'Does it explain?']) {
    await button(page, panel).click();
    await expect(page.getByText('at step 0').first()).toBeVisible();
    await button(page, panel).click();
  }
  expect(await violations(page)).toEqual([]);
});
