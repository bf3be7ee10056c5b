import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { button, expect, hash, open, test } from './heed.ts';

const LINK = 'task=plates&executor=cpu';

const steps = (page: Page) => page.getByRole('group', { name: 'Where each symbol was read' }).getByRole('button');
const large = (page: Page) => page.getByRole('listbox', { name: /^Attention over the picture/ });
const pad = (page: Page) => page.getByRole('img', { name: /^Your drawing/ });

/** Draws lines through points that are shares of the pad. */
async function draw(page: Page, ...points: readonly (readonly [number, number])[]): Promise<void> {
  await pad(page).scrollIntoViewIfNeeded();
  const box = await pad(page).boundingBox();
  if (!box) throw new Error('no pad');
  for (const [i, [x, y]] of points.entries()) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
    if (i === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** What is painted on the large picture. */
const painted = (page: Page): Promise<string> =>
  page.locator('.reading-canvas canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

test.describe('pictures', () => {
  test('are read with attention drawn over them, symbol by symbol', async ({ page }) => {
    // The given symbols, so that there are some before anything is learned.
    await open(page, `${LINK}&decoding=teacher-forced`);
    await expect(steps(page).first()).toBeVisible();
    await expect(page.getByText('All symbols: the largest weight on each cell.')).toBeVisible();

    // The large picture follows what the pointer or a key rests on, and keeps what is pinned.
    await steps(page).first().hover();
    await expect(page.getByText(/^Symbol 1, ‘.+’: where it was read$/)).toBeVisible();
    await steps(page).first().click();
    await page.mouse.move(2, 2);
    await expect(steps(page).first()).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByText(/^Symbol 1, /)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('All symbols:')).toBeVisible();

    // By keyboard: over the cells, from symbol to symbol, and into a cell.
    await large(page).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect(large(page).getByRole('option')).toHaveText(/looks at ‘row 2, column 2’: \d\.\d\d/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: /Inside/ }).or(page.locator('#drawer-panel'))).toContainText(
      'row 2, column 2',
    );

    // The grid has every cell by its row and column.
    await button(page, 'Open cell').click();
    await button(page, 'Grid').click();
    await expect(page.getByRole('grid', { name: /^Attention from the picture to/ })).toBeVisible();
    await expect(page.getByRole('columnheader')).toHaveCount(64);
    await expect(page.locator('[data-cell="17"]')).toHaveAttribute(
      'aria-label',
      /input 18 'row 2, column 2': \d\.\d\d/,
    );
  });

  test('can be one’s own: drawn, or written for whoever types; the link carries it', async ({ page }) => {
    await open(page, LINK);
    await expect(page.locator('.reading-canvas canvas')).toBeVisible();
    const probe = await painted(page);
    await draw(page, [0.2, 0.2], [0.2, 0.8]);
    await expect(page.getByRole('img', { name: 'Your drawing, 1 stroke' })).toBeVisible();
    await expect(page.getByText('Nobody knows what is written here but you.')).toBeVisible();
    await expect.poll(() => hash(page).get('say')).toMatch(/^[\w-]{342}$/);
    await expect.poll(() => painted(page)).not.toBe(probe);
    const first = await painted(page);
    await draw(page, [0.3, 0.2], [0.45, 0.2], [0.35, 0.8]);
    await expect.poll(() => painted(page)).not.toBe(first);
    await button(page, 'Undo stroke').click();
    await expect.poll(() => painted(page)).toBe(first);
    await button(page, 'Clear').click();
    await expect(page.getByRole('img', { name: 'Your drawing, still empty' })).toBeVisible();

    await page.getByRole('textbox', { name: 'Digits to be written by hand' }).fill('4821');
    await page.keyboard.press('Enter');
    await expect.poll(() => hash(page).get('say')).toBe('4821/1');
    await expect.poll(() => painted(page)).not.toBe(first);
    await page.reload();
    await expect(page.getByText('Nobody knows what is written here but you.')).toBeVisible();
    expect(hash(page).get('say')).toBe('4821/1');
  });

  test('can be covered cell by cell, and no panel shows words that a picture has not', async ({ page }) => {
    await open(page, `${LINK}&decoding=teacher-forced&panel=what-if`);
    const cover = page.getByRole('listbox', { name: /^Cells of the picture/ });
    await cover.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(cover.getByRole('option')).toHaveText('row 1, column 2, covered');
    await expect(page.getByText('edited', { exact: false }).first()).toBeVisible();
    await button(page, 'Uncover all').click();
    await expect(cover.getByRole('option')).toHaveText('row 1, column 2');
    // Attention is painted on the picture itself.
    const box = await page.locator('.reading-canvas').boundingBox();
    if (!box) throw new Error('no picture');
    await page.mouse.move(box.x + box.width / 32, box.y + box.height / 8);
    await page.mouse.down();
    await page.mouse.move(box.x + (3 * box.width) / 32, box.y + box.height / 8, { steps: 4 });
    await page.mouse.up();
    await expect(
      page
        .getByText(/looks most at ‘row 1, column [12]’: 0\.50/)
        .or(page.getByText(/: 0\.50/))
        .first(),
    ).toBeVisible();
    await button(page, 'Reset edits').click();
    await button(page, 'LSTM step').click();
    await expect(page.getByRole('combobox', { name: 'Layer' })).toHaveText('Decoder');
    const { violations } = await new AxeBuilder({ page }).include('.stage-column').include('#drawer').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

test('what each measure counts lies over the picture and is walked', async ({ page }) => {
  await open(page, 'task=plates&panel=explains');
  const walk = page.getByRole('listbox', { name: /^Erasure of each symbol, over the picture/ });
  await expect(walk).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.measure')).toHaveCount(3);
  await walk.focus();
  await page.keyboard.press('Home');
  await expect(walk.getByRole('option')).toHaveText(/row 1, column 1.*erasure/);
  await page.keyboard.press('ArrowRight');
  await expect(walk.getByRole('option')).toHaveText(/row 1, column 2.*erasure/);
});
