import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { button, expect, open, test, trainFor } from './heed.ts';

const launches = (page: Page) => page.locator('#drawer').getByRole('listbox');
const detail = (page: Page) => page.getByRole('region', { name: 'Chosen launch' });

async function openMachine(page: Page, link: string): Promise<void> {
  await open(page, link);
  await button(page, 'Machine room').click();
  await expect(launches(page)).toBeVisible({ timeout: 30_000 });
}

test('a step on the GPU opens dispatch by dispatch, down to the WGSL', async ({ page }) => {
  await openMachine(page, 'executor=webgpu');
  const options = launches(page).getByRole('option');
  const count = await options.count();
  expect(count).toBeGreaterThan(3);
  await expect(page.locator('.machine-facts')).toContainText(`${count} · Persistent`);
  await launches(page).focus();
  await page.keyboard.press('Home');
  await expect(detail(page)).toContainText(`Dispatch 1 of ${count}`);
  await page.keyboard.press('ArrowRight');
  await expect(detail(page)).toContainText(`Dispatch 2 of ${count}`);
  await expect(options.and(page.getByLabel(/^2 of /))).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(detail(page)).toContainText(`Dispatch ${count} of ${count}`);
  await expect(detail(page)).toContainText('FLOP');
  await expect(detail(page)).toContainText('Workgroups × size');
  await expect(detail(page).getByRole('img', { name: /Under the roof/ })).toBeVisible();
  const source = detail(page).getByRole('region', { name: /^WGSL of/ });
  await expect(source).toContainText('@compute @workgroup_size');
  const results = await new AxeBuilder({ page }).include('.drawer').analyze();
  expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('fused and unfused kernels stand side by side', async ({ page }) => {
  await openMachine(page, 'executor=webgpu');
  const fused = await launches(page).getByRole('option').count();
  await page.getByRole('radio', { name: 'Op by op' }).check({ force: true });
  const comparison = page.locator('.machine-comparison');
  await expect(comparison).toContainText(`${fused} dispatches`, { timeout: 30_000 });
  const unfused = await launches(page).getByRole('option').count();
  expect(unfused).toBeGreaterThan(fused);
  await expect(comparison).toContainText(`${unfused} dispatches`);
  await expect(comparison).toContainText('as fast');
  await page.getByRole('radio', { name: 'As trained' }).check({ force: true });
  await expect(launches(page).getByRole('option')).toHaveCount(fused);
});

test('a stage of the schematic leads to its kernels, and their table sorts and chooses', async ({ page }) => {
  await open(page, 'executor=webgpu');
  await button(page, 'softmax').click();
  await button(page, 'Its kernels').click();
  await expect(launches(page)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('combobox', { name: 'Stage', exact: true })).toHaveValue('softmax');
  await expect(detail(page).getByRole('table')).toContainText('softmax.');

  await page.getByRole('radio', { name: 'Table' }).check({ force: true });
  const table = page.getByRole('table', { name: 'Dispatches of one training step' });
  await table.getByRole('button', { name: 'Time' }).click();
  await expect(table.getByRole('columnheader', { name: 'Time' })).toHaveAttribute('aria-sort', 'descending');
  const rows = table.getByRole('row');
  await rows.nth(1).getByRole('rowheader').getByRole('button').click();
  const place = await rows.nth(1).getByRole('cell').first().textContent();
  await expect(detail(page)).toContainText(`Dispatch ${place} of`);
  await table.getByRole('button', { name: 'Time' }).click();
  await expect(table.getByRole('columnheader', { name: 'Time' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows.last()).toContainText(`${place}`);
});

test('on the CPU it shows operations, and the run goes on as it was', async ({ page }) => {
  await openMachine(page, 'executor=cpu');
  await expect(page.locator('.machine-facts')).toContainText('Operations');
  await expect(page.getByText('The CPU runs this page')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Op by op' })).toHaveCount(0);
  await expect(detail(page)).toContainText('there is no WGSL');
  await expect(detail(page)).toContainText('Operation');
  await trainFor(page, 5);
  await button(page, 'Measure again').click();
  await expect(page.locator('.panel-step')).not.toHaveText('at step 0', { timeout: 30_000 });
  const results = await new AxeBuilder({ page }).include('.drawer').analyze();
  expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
