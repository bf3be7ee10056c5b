import type { Page } from 'playwright/test';
import { button, cell, expect, hash, open, test } from './heed.ts';

const input = (page: Page) => page.getByLabel('Sentence to translate');

test('a typed sentence is translated at once, with its heatmap, and stands in the link', async ({ page }) => {
  await open(page);
  await input(page).fill('the cat sees the dog');
  await input(page).press('Enter');
  await expect(page.getByRole('radio', { name: 'Yours' })).toBeChecked();
  await expect(page.getByRole('columnheader', { name: 'cat' })).toBeVisible();
  await expect(page.getByText('No reference is known for this sentence')).toBeVisible();
  await expect.poll(() => hash(page).get('say')).toBe('the cat sees the dog');
  await button(page, 'Step').click();
  await expect(cell(page, 0)).toBeVisible();
});

test('unknown words are marked and named', async ({ page }) => {
  await open(page);
  await input(page).fill('the zyzzyva sees the cat');
  await button(page, 'Translate').click();
  await expect(page.getByText('The model has never read “zyzzyva”')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'zyzzyva (unknown to the model)' })).toBeVisible();
});

test('a sentence of unknown words only says so', async ({ page }) => {
  await open(page);
  await input(page).fill('qwx zzk vvv');
  await button(page, 'Translate').click();
  await expect(page.getByText('The model knows none of these words')).toBeVisible();
});

test('an empty sentence and one of 10,000 characters are refused in words, and nothing is lost', async ({ page }) => {
  await open(page);
  const before = await page.locator('.heatmap').innerText();
  await input(page).fill('   ');
  await button(page, 'Translate').click();
  await expect(page.getByText('There is nothing to translate yet. Type a few words.')).toBeVisible();
  const long = 'cat '.repeat(2500);
  await input(page).fill(long);
  await expect(page.getByText('There is nothing to translate yet.')).toHaveCount(0);
  await button(page, 'Translate').click();
  await expect(page.getByText('This sentence is too long for the model.')).toBeVisible();
  await expect(input(page)).toHaveValue(long);
  expect(await page.locator('.heatmap').innerText()).toBe(before);
  await input(page).fill('x'.repeat(10_000));
  await button(page, 'Translate').click();
  await expect(page.getByText(/too long for the model|knows none of these words/)).toBeVisible();
});

test('the probes are one press away', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: /^Probe 3/ }).check({ force: true });
  await expect.poll(() => hash(page).get('probe')).toBe('3');
  await page
    .getByRole('button', { name: /^Put on the stage: / })
    .first()
    .click();
  await expect(page.getByRole('radio', { name: /^Probe 1/ })).toBeChecked();
});

test('without attention the probes are words, each above what the model makes of it', async ({ page }) => {
  await open(page, 'score=none');
  const probe = page.getByRole('button', { name: /^Put on the stage: / }).first();
  await expect(probe.locator('.word.source').first()).toBeVisible();
  await expect(page.locator('.probe canvas')).toHaveCount(0);
  const words = await page.locator('.translation .single .word').allTextContents();
  expect(await probe.locator('.word.target').count()).toBe(words.length);
});

test('a task of characters takes a typed date', async ({ page }) => {
  await open(page, 'task=dates');
  await input(page).fill('5 JAN 2019');
  await input(page).press('Enter');
  await expect(page.getByRole('columnheader')).toHaveCount(10);
  await expect(page.getByRole('columnheader', { name: 'space' }).first()).toBeVisible();
});
