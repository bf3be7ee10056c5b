import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright/test';
import { button, cell, expect, open, test, trainFor } from './heed.ts';

const FORCED = 'decoding=teacher-forced';
const number = (text: string | null | undefined): number => Number((text ?? '').replaceAll('−', '-'));
const drawer = (page: Page): Locator => page.getByRole('region', { name: 'Look inside' });
const part = (page: Page, name: string): Locator => drawer(page).getByRole('region', { name, exact: true }).first();
const like = (value: number, text: string): string => {
  const digits = value.toFixed(text.split('.')[1]?.length ?? 0);
  return (Number(digits) === 0 ? digits.replace('-', '') : digits).replace('-', '−');
};

test('one step of one unit, redone from the page, gives what the page says', async ({ page }) => {
  await open(page, `${FORCED}&panel=lstm`);
  await trainFor(page, 2);
  const table = drawer(page).getByRole('group', { name: 'What each gate adds up' }).getByRole('table');
  for (const layer of ['Decoder', 'Encoder 1, backward', 'Encoder 1, forward']) {
    await drawer(page).getByRole('combobox', { name: 'Layer' }).selectOption(layer);
    await expect(table.getByRole('columnheader', { name: 'context' })).toHaveCount(layer === 'Decoder' ? 1 : 0);
    const rows = await table
      .locator('tbody tr')
      .evaluateAll((trs) => trs.map((tr) => [...tr.querySelectorAll('td')].map((td) => td.textContent ?? '')));
    expect(rows).toHaveLength(4);
    rows.forEach((row, gate) => {
      const [parts, sum, value] = [row.slice(0, -2), row.at(-2) ?? '', row.at(-1) ?? ''];
      expect(
        like(
          parts.reduce((total, text) => total + number(text), 0),
          sum,
        ),
      ).toBe(sum);
      const squashed = gate === 2 ? Math.tanh(number(sum)) : 1 / (1 + Math.exp(-number(sum)));
      expect(like(squashed, value)).toBe(value);
    });
    const [cState, hState] = await drawer(page).locator('.equations strong').allTextContents();
    const [i, , , o] = rows.map((row) => number(row.at(-1)));
    expect(i).toBeGreaterThan(0);
    // Printed digits of the hidden state follow from those of the output gate and the cell state.
    const tanh = like(Math.tanh(number(cState)), cState);
    expect(like(o * number(tanh), hState)).toBe(hState);
  }
});

test('the step follows the pinned word, and a cell of the map chooses unit and word', async ({ page }) => {
  await open(page, `${FORCED}&panel=lstm`);
  await trainFor(page, 1);
  const word = drawer(page).getByRole('combobox', { name: 'Word' });
  const columns = await page.getByRole('grid').getByRole('columnheader').count();
  await cell(page, 2 * columns).click();
  await expect(word).toHaveValue('2');
  const map = drawer(page).locator('.unit-map-cells');
  const box = await map.boundingBox();
  if (!box) throw new Error('the map is not on the page');
  await map.click({ position: { x: 3, y: box.height - 2 } });
  await expect(word).toHaveValue('0');
  await expect(drawer(page).getByText('7 of 8', { exact: true })).toBeVisible();
  await drawer(page).getByRole('slider', { name: 'Unit' }).focus();
  await page.keyboard.press('Home');
  await expect(drawer(page).getByText('0 of 8', { exact: true })).toBeVisible();
  await word.selectOption({ index: 1 });
  await expect(page.locator('.axis-word.target.lit')).not.toHaveCount(0);
});

test('the schematic leads to the encoder’s and to the decoder’s step', async ({ page }) => {
  await open(page, `${FORCED}&executor=cpu`);
  await button(page, 'encoder').click();
  await button(page, 'Open an LSTM step').click();
  await expect(drawer(page).getByRole('combobox', { name: 'Layer' })).toHaveValue('0');
  await button(page, 'score').click();
  await button(page, 'Open a cell').click();
  await expect(part(page, 'Softmax')).toBeVisible();
});

for (const link of ['layers=2&score=none', 'bidirectional=false&placement=after&score=general'])
  test(`every layer of ${link} opens`, async ({ page }) => {
    await open(page, `${link}&${FORCED}&panel=lstm&executor=cpu`);
    const layer = drawer(page).getByRole('combobox', { name: 'Layer' });
    await expect(layer).toBeVisible();
    for (const option of await layer.getByRole('option').allTextContents()) {
      await layer.selectOption(option);
      await expect(drawer(page).getByRole('img', { name: /^LSTM cell, unit/ })).toBeVisible();
    }
  });

for (const colorScheme of ['dark'] as const)
  test(`axe finds nothing in an LSTM step, ${colorScheme}, and it fits a phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, `${FORCED}&panel=lstm&executor=cpu`);
    await expect(drawer(page).getByRole('img', { name: /^LSTM cell, unit/ })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('#drawer').analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
