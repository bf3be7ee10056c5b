import type { Locator, Page } from 'playwright/test';
import { button, cell, expect, hash, open, ready, step, test } from './heed.ts';

const row = (page: Page, name: string): Locator => page.getByRole('row', { name: new RegExp(`^${name}`) });
const wordsOf = (page: Page, name: string): Promise<string[]> => row(page, name).locator('.word').allTextContents();
const stageWords = (page: Page): Promise<string[]> => page.locator('.axis-word.target .axis-text').allTextContents();

/** The shipped model, which is right about most sentences, and the panel's result. */
async function trained(page: Page): Promise<void> {
  await page.goto('./#executor=cpu&panel=what-if');
  await ready(page);
  await expect(page.getByText('This model was trained before')).toBeVisible();
  await expect(row(page, 'Edited').locator('.word').first()).toBeVisible();
}

/** Weight that a cell tells. */
const weightOf = async (page: Page, index: number): Promise<number> =>
  Number((await cell(page, index).getAttribute('aria-label'))?.match(/: (\d\.\d\d)/)?.[1]);

async function drag(page: Page, from: Locator, right: number, down: number): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const box = await from.boundingBox();
  if (!box) throw new Error('no box');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 10; i++) await page.mouse.move(x + (right * i) / 10, y + (down * i) / 10);
  await page.mouse.up();
}

test.describe('what if', () => {
  test('attention is dragged, painted, set as a whole, taken back and brought back', async ({ page }) => {
    await trained(page);
    const untouched = await stageWords(page);
    const columns = (await page.getByRole('columnheader').count()) as number;
    expect(await weightOf(page, 0)).toBeGreaterThan(0.5);

    await drag(page, cell(page, 2), 0, -160);
    await expect.poll(() => weightOf(page, 2)).toBeGreaterThan(0.95);
    expect(await weightOf(page, 0)).toBeLessThan(0.05);
    await expect(page.locator('.edited-row')).toHaveCount(1);
    await expect(page.getByRole('rowheader', { name: 'attention edited' })).toHaveCount(1);
    // What the model does by itself stays beside it.
    expect((await wordsOf(page, 'Untouched')).slice(0, untouched.length)).toEqual(untouched);
    await expect(page.getByRole('img', { name: /^Untouched attention from/ })).toBeVisible();
    await expect(row(page, 'Edited').locator('.change').first()).toContainText(/\d\.\d\d → (<.)?\d\.\d\d/);

    await button(page, 'Undo').click();
    await expect(page.locator('.edited-row')).toHaveCount(0);
    await expect.poll(() => stageWords(page)).toEqual(untouched);
    await button(page, 'Redo').click();
    await expect.poll(() => weightOf(page, 2)).toBeGreaterThan(0.95);

    const width = (await cell(page, 0).boundingBox())?.width ?? 0;
    await drag(page, cell(page, columns), 2 * width, 0);
    await expect.poll(() => weightOf(page, columns + 2)).toBeCloseTo(0.33, 2);
    await expect(page.locator('.edited-row')).toHaveCount(2);

    await button(page, 'Uniform').click();
    await expect.poll(() => weightOf(page, 0)).toBeCloseTo(1 / columns, 1);
    await expect(page.getByText(/words? changed\./)).toBeVisible();
    await expect(page.locator('.axis-text.changed').first()).toBeVisible();
    await expect.poll(() => hash(page).has('edits')).toBe(true);

    // The drag was one step: three edits are there to be taken back.
    for (let i = 0; i < 3; i++) await button(page, 'Undo').click();
    await expect(button(page, 'Undo')).toBeDisabled();
    await expect.poll(() => stageWords(page)).toEqual(untouched);
  });

  test('the keyboard edits a cell, and a pinned row alone is set', async ({ page }) => {
    await trained(page);
    await cell(page, 1).focus();
    const before = await weightOf(page, 1);
    for (let i = 0; i < 6; i++) await page.keyboard.press('+');
    await expect.poll(() => weightOf(page, 1)).toBeGreaterThan(before + 0.2);
    await page.keyboard.press('Enter');
    await page.keyboard.press('-');
    await page.keyboard.press('Escape');
    await expect.poll(() => weightOf(page, 1)).toBeGreaterThan(before + 0.2);
    await button(page, 'Undo').click();
    await expect(button(page, 'Undo')).toBeDisabled();

    await cell(page, 3).click();
    await page.getByRole('button', { name: /^Only ‘/ }).click();
    await expect.poll(() => weightOf(page, 3)).toBe(1);
    await expect(page.locator('.edited-row')).toHaveCount(1);
    await button(page, 'Model’s own').click();
    await expect(page.locator('.edited-row')).toHaveCount(0);
    for (const preset of ['← One left', 'One right →', 'Reverse', 'Shuffle']) {
      await button(page, preset).click();
      await expect(page.locator('.edited-row')).toHaveCount(1);
      await button(page, 'Reset edits').click();
      await expect(page.locator('.edited-row')).toHaveCount(0);
    }
  });

  test('another candidate is picked, a prefix fixed, a word removed and replaced', async ({ page }) => {
    await trained(page);
    const untouched = await stageWords(page);
    const other = page.getByRole('button', { name: /^Put ‘.+’ in place 2,/ }).first();
    const word = (await other.locator('span').first().textContent()) ?? '';
    await other.click();
    await expect.poll(async () => (await stageWords(page))[1]).toBe(word);
    await page.getByRole('button', { name: new RegExp(`^Let the model choose instead of ‘${word}’`) }).click();
    await expect.poll(() => stageWords(page)).toEqual(untouched);
    await page
      .getByRole('button', { name: /^Fix the words up to here/ })
      .nth(1)
      .click();
    await expect(page.getByRole('button', { name: /^Let the model choose/ })).toHaveCount(2);
    await button(page, 'Uniform').click();
    expect((await stageWords(page)).slice(0, 2)).toEqual(untouched.slice(0, 2));
    await button(page, 'Reset edits').click();

    const columns = await page.getByRole('columnheader').count();
    await page
      .getByRole('button', { name: /^Remove ‘/ })
      .nth(1)
      .click();
    await expect(page.getByRole('columnheader')).toHaveCount(columns - 1);
    await page.getByRole('button', { name: /^Bring ‘.+’ back/ }).click();
    await expect(page.getByRole('columnheader')).toHaveCount(columns);
    const field = page.getByRole('combobox', { name: 'Source word 2' });
    const before = await field.inputValue();
    await field.fill('zzz');
    await field.press('Enter');
    await expect(page.getByRole('columnheader').nth(1)).toContainText('zzz');
    await expect(page.getByText('The model has never read ‘zzz’.')).toBeVisible();
    await button(page, 'Undo').click();
    await expect(page.getByRole('columnheader').nth(1)).toContainText(before);
  });

  test('parts are switched off, the temperature turned, and another sentence starts afresh', async ({ page }) => {
    await trained(page);
    const untouched = await stageWords(page);
    for (const part of ['Attention', 'Encoder, left to right', 'Encoder, right to left', 'Input feeding']) {
      await page.getByRole('checkbox', { name: part, exact: true }).uncheck();
      await expect(page.getByText(/words? changed\.|The words stay the same\./)).toBeVisible();
      await page.getByRole('checkbox', { name: part, exact: true }).check();
      await expect.poll(() => stageWords(page)).toEqual(untouched);
    }
    const mask = page.getByRole('checkbox', { name: 'Padding mask' });
    await mask.uncheck();
    await expect(page.getByText(/% of the attention falls on padding/)).toBeVisible();
    await mask.check();
    await expect(page.getByText(/% of the attention falls on padding/)).toHaveCount(0);
    const weight = await weightOf(page, 0);
    const slider = page.getByRole('slider', { name: 'Attention temperature' });
    await slider.press('End');
    await expect(slider).toHaveAttribute('aria-valuetext', '10');
    await expect.poll(() => weightOf(page, 0)).toBeLessThan(weight);
    await expect.poll(() => hash(page).get('edits')).toBe('t_10');
    await button(page, 'Back to 1').click();
    await expect.poll(() => weightOf(page, 0)).toBeCloseTo(weight, 2);

    await button(page, 'Uniform').click();
    await expect(page.getByRole('button', { name: 'Back to untouched' })).toBeVisible();
    await page.getByRole('radio', { name: /^Probe 2/ }).check({ force: true });
    await expect(page.getByRole('button', { name: 'Back to untouched' })).toHaveCount(0);
    await expect(button(page, 'Undo')).toBeDisabled();
  });
});

test('a link brings edits back', async ({ page }) => {
  await open(page, 'executor=cpu&panel=what-if&edits=s1*t_2*x_inputFeeding');
  await expect(page.getByRole('button', { name: /^Bring ‘.+’ back/ })).toHaveCount(1);
  await expect(page.getByRole('checkbox', { name: 'Input feeding' })).not.toBeChecked();
  await expect(page.getByRole('slider', { name: 'Attention temperature' })).toHaveAttribute('aria-valuetext', '2');
  await expect(page.getByRole('button', { name: 'Back to untouched' })).toBeVisible();
});

test('a model without attention keeps what can be edited of it', async ({ page }) => {
  await open(page, 'executor=cpu&panel=what-if&score=none');
  await expect(page.getByText('This model has no attention to edit.')).toBeVisible();
  await page
    .getByRole('button', { name: /^Remove ‘/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: /^Bring ‘.+’ back/ })).toHaveCount(1);
});

test('edits stay while the training goes on', async ({ page }) => {
  await open(page, 'executor=cpu&panel=what-if&decoding=teacher-forced');
  await button(page, 'Uniform').click();
  const edited = await page.locator('.edited-row').count();
  expect(edited).toBeGreaterThan(0);
  await page.mouse.move(2, 2);
  await button(page, 'Train').click();
  const at = page.locator('.panel-step');
  await expect(at).not.toHaveText('at step 0');
  await expect(page.locator('.edited-row').first()).toBeVisible();
  await button(page, 'Pause').click();
  await expect(button(page, 'Train')).toBeVisible();
  await expect(at).toContainText(`at step ${(await step(page)).toLocaleString('en')}`);
});
