import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright/test';
import { button, cell, cells, expect, ready, step, test } from './heed.ts';

/** All scripts of the first view, compressed; src/cli/licences.mjs and the models are no scripts. */
const MOST_SCRIPT_BYTES = 250_000;

/** Steps of the models that stand for a kind of task each: texts with slots, dates in words, one vector, damage, pictures. */
const OTHERS = { messages: 1500, blocks: 800, 'long-dates': 500, autoencode: 2500, denoise: 1200, plates: 1500 };

const provenance = (page: Page) => page.getByText('This model was trained before');
const goOn = (page: Page) => button(page, 'Go on from this model');

async function isTrained(page: Page, steps: number): Promise<void> {
  await expect(provenance(page)).toContainText(/\d\s%\sof [\d,]+ held-out pairs exactly right/);
  expect(await step(page)).toBe(steps);
  await expect(page.locator('[data-figure="exact"]').first()).toContainText('%');
}

for (const link of ['', '#executor=cpu'])
  test(`the page opens on a trained model that can be explored at once (${link || 'as it comes'})`, async ({
    page,
  }) => {
    await page.goto(`./${link}`);
    await isTrained(page, 1500);
    // The sharpest cell of a row: a model that has learned nothing has none.
    await expect(page.getByRole('gridcell', { name: /'chat' looks at input \d 'cat': (0\.[5-9]|1)/ })).toBeVisible();
    await cell(page, 0).hover();
    await expect(page.locator('.heatmap')).toContainText('looks at');

    await page.getByLabel('Sentence to translate').fill('the small dog does not see the bird');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('radio', { name: 'Yours' })).toBeChecked();
    await expect(page.getByRole('rowheader', { name: 'chien' })).toBeVisible();
    await cell(page, 0).click();
    await expect(page.getByRole('region', { name: 'Softmax', exact: true }).getByRole('table').first()).toBeVisible();
    await expect(provenance(page)).toBeVisible();
  });

test('every other kind of task is shown trained when it is chosen', async ({ page }) => {
  await page.goto('./#executor=cpu');
  await isTrained(page, 1500);
  for (const [task, steps] of Object.entries(OTHERS)) {
    await page.getByRole('combobox', { name: 'Task', exact: true }).selectOption(task);
    await expect.poll(() => step(page)).toBe(steps);
    await isTrained(page, steps);
    await expect(page.getByText('right', { exact: true })).toBeVisible();
  }
  // The last of them is read from a picture; a cell opens as any other, and what is typed is read.
  await page.getByRole('listbox', { name: /^Attention over the picture/ }).press('Enter');
  await expect(page.getByRole('region', { name: 'Softmax', exact: true }).getByRole('table').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Digits to be written by hand' }).fill('4821');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nobody knows what is written here but you.')).toBeVisible();
  await expect(provenance(page)).toBeVisible();
});

test('its scripts are small: those of the workers as well', async ({ page }) => {
  const scripts = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js'))
      scripts.set(
        pathname,
        response.body().then((body) => gzipSync(body, { level: 9 }).length),
      );
  });
  await page.goto('./');
  await isTrained(page, 1500);
  await expect(cells(page).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  const names = [...scripts.keys()].join(' ');
  expect(names).toMatch(/index-/);
  expect(names).toMatch(/worker-/);
  const sizes = await Promise.all(scripts.values());
  expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(MOST_SCRIPT_BYTES);
});

test('Train starts a new model; going on trains this one, which is kept as any run', async ({ page }) => {
  await page.goto('./#executor=cpu');
  await isTrained(page, 1500);
  await button(page, 'Step').click();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBe(1);
  await expect(provenance(page)).toBeHidden();

  await page.getByRole('combobox', { name: 'Task', exact: true }).selectOption('numbers');
  await expect(goOn(page)).toBeVisible();
  await isTrained(page, 500);
  await goOn(page).click();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(500);
  await expect(provenance(page)).toBeHidden();
  await button(page, 'Pause').click();
  await expect(button(page, 'Train')).toBeVisible();
  await button(page, 'Reset').click();
  await expect.poll(() => step(page)).toBe(0);
});

test('a link can ask for a model that has learned nothing; so do settings of its own', async ({ page }) => {
  for (const link of ['shipped=0', 'task=dates&hidden=8']) {
    await page.goto('about:blank');
    await page.goto(`./#executor=cpu&${link}`);
    await ready(page);
    expect(await step(page)).toBe(0);
    await expect(provenance(page)).toBeHidden();
  }
});
