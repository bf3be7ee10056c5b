import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright/test';
import { button, cell, expect, hash, ready, test } from './heed.ts';

const card = (page: Page): Locator => page.getByRole('region', { name: /^Lesson:/ });
const heading = (page: Page, name: string) =>
  expect(card(page).getByRole('heading', { name, exact: true })).toBeVisible();

/** Opens a lesson from the list. */
async function begin(page: Page, lesson: string, first: string): Promise<void> {
  await button(page, 'Lessons').click();
  await page.getByRole('button', { name: new RegExp(`^${lesson}`) }).click();
  await heading(page, first);
  await ready(page);
}

/** Waits until the card's goals have ticked themselves, and goes on to the card that has this heading. */
async function on(page: Page, next: string): Promise<void> {
  await card(page).getByRole('button', { name: 'Next', exact: true }).click();
  await heading(page, next);
}

async function finish(page: Page): Promise<void> {
  await expect(card(page).locator('.lesson-next')).toBeVisible();
  await card(page).getByRole('button', { name: 'Finish', exact: true }).click();
  await expect(card(page)).toHaveCount(0);
}

/** Trains until every goal of the card is reached. */
async function trainUntilReached(page: Page): Promise<void> {
  const goals = card(page).locator('.lesson-goals li');
  const open = card(page).locator('.lesson-goals li:not(.reached)');
  await expect(goals).not.toHaveCount(0);
  if ((await open.count()) === 0) return;
  await button(page, 'Train').click();
  await expect(open).toHaveCount(0, { timeout: 60_000 });
  await button(page, 'Pause').click();
  await expect(button(page, 'Train')).toBeEnabled();
}

const panel = (page: Page, name: string) => page.locator('.drawer-tab', { hasText: name }).click();
const score = (page: Page, name: string) => page.getByLabel('Score', { exact: true }).selectOption(name);

/** Index of the cell whose weight is largest, or smallest. */
async function extreme(page: Page, compare: (a: number, b: number) => boolean): Promise<number> {
  const labels = await page
    .locator('[data-cell]')
    .evaluateAll((cells) => cells.map((each) => each.getAttribute('aria-label')));
  const weights = labels.map((label) => Number(/(\d\.\d\d)/.exec(label ?? '')?.[1]));
  return weights.reduce((best, weight, at) => (compare(weight, weights[best]) ? at : best), 0);
}

test('a newcomer is told of lessons, learns what attention is, and opens, edits and doubts it', async ({ page }) => {
  await page.goto('./?executor=cpu');
  await ready(page);
  await expect(page.getByText('New to attention?')).toBeVisible();
  await button(page, 'Start the lesson').click();
  await heading(page, 'A translator that looks back');
  await expect(page.getByText('New to attention?')).toHaveCount(0);
  await ready(page);
  await trainUntilReached(page);
  await on(page, 'Read the heatmap');
  await cell(page, 5).click();
  await on(page, 'A row is shared out');
  await button(page, 'Numbers').click();
  await on(page, 'The same, as ribbons');
  await page.getByRole('radio', { name: 'Ribbons' }).check({ force: true });
  await on(page, 'Try your own');
  await page.getByLabel('Sentence to translate').fill('1848');
  await button(page, 'Translate').click();
  await on(page, 'Where it comes from');
  await finish(page);
  await expect(page.getByText('What you had before is kept.')).toBeVisible();
  await page.getByRole('radio', { name: 'Matrix' }).check({ force: true });

  // The model is trained, so the next lessons go on with it.
  await begin(page, 'Open a cell', 'A model worth looking into');
  await on(page, 'One number');
  await cell(page, await extreme(page, (a, b) => a > b)).click();
  await on(page, 'From words to a score');
  await on(page, 'And a pale one');
  await cell(page, await extreme(page, (a, b) => a < b)).click();
  await on(page, 'The way back');
  await page.getByRole('radio', { name: 'Backward' }).check({ force: true });
  await on(page, 'Do not believe it');
  await button(page, 'Check by central differences').click();
  await finish(page);

  await begin(page, 'Edit attention', 'A model worth looking into');
  await on(page, 'What if?');
  await panel(page, 'What if');
  await on(page, 'Look at all alike');
  await button(page, 'Uniform').click();
  await on(page, 'Make it say something else');
  await page.getByRole('radio', { name: 'all rows' }).check({ force: true });
  await button(page, 'Reverse').click();
  await on(page, 'Take it back');
  await button(page, 'Reset edits').click();
  await on(page, 'Change what there is to see');
  await page
    .getByRole('button', { name: /^Remove ‘/ })
    .first()
    .click();
  await on(page, 'Close its eyes');
  await page.getByRole('checkbox', { name: 'Attention', exact: true }).uncheck();
  await finish(page);
  await button(page, 'Reset edits').click();

  await begin(page, 'Attention is not explanation', 'A model worth looking into');
  await on(page, 'Three witnesses');
  await panel(page, 'Does it explain?');
  await on(page, 'Where they disagree');
  await cell(page, 0).click();
  await on(page, 'Another gaze, the same words');
  await panel(page, 'What if');
  const columns = await page.locator('.axis-word.source').count();
  const rows = (await page.locator('[data-cell]').count()) / columns;
  const reached = card(page).locator('.lesson-goals li.reached');
  for (let row = 0; row < rows && (await reached.count()) === 0; row++) {
    if (await button(page, 'Reset edits').isEnabled()) await button(page, 'Reset edits').click();
    if (row > 0) await cell(page, row * columns).click();
    await button(page, '← One left').click();
    await expect(page.getByText(/words? changed\.|The words stay the same\./)).toBeVisible();
  }
  await on(page, 'But not every gaze will do');
  await page.getByRole('radio', { name: 'all rows' }).check({ force: true });
  await button(page, 'Reverse').click();
  await finish(page);
});

test('the bottleneck, and what the way back buys', async ({ page }) => {
  await page.goto('./#executor=cpu&lesson=bottleneck');
  await ready(page);
  await heading(page, 'Everything through one vector');
  await trainUntilReached(page);
  await on(page, 'Where it breaks');
  await page.getByLabel('Sentence to translate').fill('understanding');
  await button(page, 'Translate').click();
  await on(page, 'Let it look back');
  await button(page, 'score').click();
  await score(page, 'general');
  await on(page, 'The same number of steps');
  await ready(page);
  await trainUntilReached(page);
  await on(page, 'What it does with it');
  await cell(page, 0).click();
  await on(page, 'The figure that made attention famous');
  await expect(card(page)).toContainText('Bahdanau et al. (2015)');
  await finish(page);
});

test('the common mistake changes nothing, and its repair does', async ({ page }) => {
  await page.goto('./#executor=cpu&lesson=common-mistake&panel=what-if');
  await ready(page);
  await heading(page, 'It looks alive');
  await trainUntilReached(page);
  await on(page, 'Pull at it');
  await button(page, 'Reverse').click();
  await on(page, 'Too late');
  await on(page, 'In time');
  await button(page, 'score').click();
  await page.getByLabel('Attends', { exact: true }).selectOption('before');
  await expect(card(page).locator('li.reached')).not.toHaveCount(0);
  await ready(page);
  await trainUntilReached(page);
  await on(page, 'Pull again');
  await button(page, 'Reverse').click();
  await finish(page);
});

test('scores are compared on the same numbers', async ({ page }) => {
  await page.goto('./#executor=cpu&lesson=scores');
  await ready(page);
  await heading(page, 'No choice at all');
  await button(page, 'score').click();
  await score(page, 'uniform');
  await on(page, 'An average of everything');
  await ready(page);
  await trainUntilReached(page);
  for (const [title, name] of [
    ['Dot product', 'dot'],
    ['General', 'general'],
    ['Additive', 'additive'],
  ] as const) {
    await on(page, title);
    await score(page, name);
    await expect(card(page).locator('li.reached')).not.toHaveCount(0);
    await ready(page);
    await trainUntilReached(page);
  }
  await on(page, 'Which one?');
  await finish(page);
});

test('time travel and the machine room, on the CPU', async ({ page }) => {
  await page.goto('./#executor=cpu&lesson=watch-it-learn');
  await ready(page);
  await heading(page, 'From the beginning');
  await on(page, 'Train once');
  await trainUntilReached(page);
  await on(page, 'Back to step 0');
  await page.getByRole('slider', { name: 'Moment of the run' }).press('Home');
  await on(page, 'As a film');
  await button(page, 'Play the run').click();
  await on(page, 'Two moments side by side');
  await page.getByRole('slider', { name: 'Moment of the run' }).press('Home');
  await button(page, 'Keep').click();
  await page.keyboard.press('Enter');
  await page.getByLabel('Compare with').selectOption({ index: 2 });
  await button(page, 'Live').click();
  await on(page, 'Back to now');
  await finish(page);

  await begin(page, 'Inside the machine room', 'One training step');
  await panel(page, 'Machine room');
  await on(page, 'One launch');
  await page.getByRole('radio', { name: 'Table' }).check({ force: true });
  await page.locator('.machine-launch').first().click();
  await on(page, 'From the map to the kernel');
  await button(page, 'score').click();
  await page.getByRole('button', { name: 'Its kernels' }).click();
  await on(page, 'Fewer, larger launches');
  await on(page, 'In slow motion');
  await page.getByRole('slider', { name: 'Speed' }).press('Home');
  await button(page, 'Train').click();
  await on(page, 'And flat out');
  await page.getByRole('slider', { name: 'Speed' }).press('End');
  await finish(page);
  await button(page, 'Pause').click();
});

test('a lesson is left, gone on with after a reload, and works by keyboard', async ({ page }) => {
  await page.goto('./#executor=cpu&lesson=edit-attention&card=2&task=numbers&hidden=8');
  await ready(page);
  await heading(page, 'What if?');
  await card(page).getByRole('button', { name: 'Show me where' }).click();
  await expect(page.locator('#drawer-what-if')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card(page).getByRole('status')).toContainText('Done: Open What if below.');
  await page.keyboard.press('g');
  await expect(card(page).getByRole('heading')).toBeFocused();
  await on(page, 'Look at all alike');
  await expect.poll(() => hash(page).get('card')).toBe('3');
  await card(page).getByRole('button', { name: 'Leave the lesson' }).click();
  await expect.poll(() => hash(page).get('lesson')).toBeNull();
  await page.reload();
  await ready(page);
  await button(page, 'Lessons').click();
  await expect(page.getByRole('button', { name: /^Edit attention/ })).toContainText('card 3 of 7');
  await page.getByRole('button', { name: /^Edit attention/ }).click();
  await heading(page, 'Look at all alike');
});

test('a card covers nothing that it speaks of, and axe finds nothing, at any width', async ({ page }) => {
  await page.goto('./#executor=cpu&lesson=what-attention-is&card=3&lang=en');
  await ready(page);
  await heading(page, 'A row is shared out');
  const switches = page.getByRole('button', { name: 'Numbers', exact: true });
  for (const width of [1600, 1024, 360]) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 768 });
    await card(page).getByRole('button', { name: 'Show me where' }).click();
    await expect(switches).toBeInViewport();
    if (width === 360) {
      const below = async () => {
        const [part, over] = [await switches.boundingBox(), await card(page).boundingBox()];
        return (over?.y ?? 0) - (part?.y ?? 0) - (part?.height ?? 0);
      };
      await expect.poll(below).toBeGreaterThanOrEqual(0);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).include('.lesson').include('.bar').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
  }
});
