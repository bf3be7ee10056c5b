import type { Page } from 'playwright/test';
import { button, expect, open, ready, test } from './heed.ts';

const lines = Array.from(
  { length: 60 },
  (_, i) => `We saw ${i} cats in house ${i}.\tNous avons vu ${i} chats dans la maison ${i}.\tCC-BY`,
);

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

async function openPanel(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Task' }).selectOption({ label: 'Your own pairs …' });
  await expect(page.getByRole('heading', { name: 'Your own sentence pairs' })).toBeVisible();
}

async function bring(page: Page, name: string, content: Buffer): Promise<void> {
  await page.getByLabel('Choose files').setInputFiles({ name, mimeType: 'text/plain', buffer: content });
}

test('own pairs are read, previewed and trained on', async ({ page }) => {
  await open(page);
  await openPanel(page);
  await bring(page, 'deck.txt', bytes([...lines, 'lonely', lines[0], ''].join('\n')));
  await expect(page.getByText('54 to train on, 3 for the meters, 3 for the end')).toBeVisible();
  await expect(page.getByText('1 repeated, 1 that are no pair')).toBeVisible();
  await page.getByText('Every line that was left out (2)').click();
  await expect(page.getByRole('row', { name: '61 only one column lonely' })).toBeVisible();
  await button(page, 'Train on these pairs').click();
  await expect(page.getByText('The run is on these pairs.')).toBeVisible({ timeout: 60_000 });
  await ready(page);
  await expect(page.getByRole('heading', { name: 'Your own pairs', exact: true })).toBeVisible();
  await button(page, 'Step').click();
  await expect(page.locator('[data-figure="step"]').first()).toHaveText('1');
});

test('characters, another column and a length limit change what comes of a file', async ({ page }) => {
  await open(page);
  await openPanel(page);
  await bring(
    page,
    'deck.csv',
    bytes(
      ['id,english,french', ...lines.map((line, i) => `${i},${line.split('\t').slice(0, 2).join(',')}`)].join('\r\n'),
    ),
  );
  const header = page.getByRole('checkbox', { name: 'The first line names the columns' });
  await expect(header).toBeChecked();
  await header.uncheck();
  await expect(page.getByText('deck.csv: CSV, 61 rows', { exact: false })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Column 2 (Source)' })).toBeVisible();
  await header.check();
  await expect(page.getByRole('columnheader', { name: '2: english (Source)' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Source' })).toHaveValue('1');
  await page.getByLabel('Longest sentence').fill('8');
  await expect(page.getByText('60 too long')).toBeVisible();
  await page.getByLabel('Longest sentence').fill('64');
  await page.getByLabel('Largest vocabulary').fill('10');
  await expect(page.getByText('14 → 14 tokens')).toBeVisible();
  await expect(page.getByText(/rarer tokens/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Tokens' }).first().selectOption('characters');
  await expect(page.getByText('54 to train on, 3 for the meters, 3 for the end')).toBeVisible();
});

test('an encoding that is not told is asked about, with what each would read', async ({ page }) => {
  await open(page);
  await openPanel(page);
  const text = [...lines, 'Where is the summer?\tOù est passé l’été ?'.replace('’', "'")].join('\n');
  await bring(page, 'ansi.txt', Buffer.from(text, 'latin1'));
  await expect(page.getByRole('heading', { name: 'ansi.txt is not UTF-8. Which of these reads right?' })).toBeVisible();
  await expect(page.getByText("Où est passé l'été ?").first()).toBeVisible();
  await button(page, 'Read it as Western European (windows-1252)').click();
  await expect(page.getByText('ansi.txt: text with tabs, 61 rows', { exact: false })).toBeVisible();
});

test('a file that can not be used leaves the run as it is', async ({ page }) => {
  await open(page);
  await button(page, 'Step').click();
  await expect(page.locator('[data-figure="step"]').first()).toHaveText('1');
  await openPanel(page);
  await bring(page, 'list.txt', bytes('one sentence\nanother one\n'));
  await expect(page.getByText('The run goes on as it was.')).toBeVisible();
  await expect(page.locator('[data-figure="step"]').first()).toHaveText('1');
  await button(page, 'Step').click();
  await expect(page.locator('[data-figure="step"]').first()).toHaveText('2');
});

test('pasted text is read like a file, and markup in it stays text', async ({ page }) => {
  await open(page);
  await openPanel(page);
  await button(page, 'Paste text').click();
  await page.getByLabel('Paste text').fill(lines.map((line) => line.replace('cats', '<b>cats</b>')).join('\n'));
  await button(page, 'Read this text').click();
  await expect(page.getByRole('cell', { name: 'We saw 0 <b>cats</b> in house 0.' })).toBeVisible();
});
