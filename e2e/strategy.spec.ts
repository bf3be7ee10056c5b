import { button, expect, hash, open, step, test, trainFor } from './heed.ts';

test('the page shows which strategy runs and why, and another one can be chosen', async ({ page }) => {
  await open(page, 'executor=webgpu');
  const choice = page.getByRole('combobox', { name: 'Launches' });
  await expect(choice).toHaveValue('auto');
  await expect(
    page.getByText(/^Persistent: one launch runs whole sequences, \d+ rows by \d+ invocations a workgroup$/),
  ).toBeVisible();
  await expect(page.getByText('Why: by rule: this adapter computes on the CPU')).toBeVisible();
  await trainFor(page, 3);
  const before = await step(page);
  await choice.selectOption('Stepwise');
  await expect(page.getByText(/^Stepwise: one launch a time step, /)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Why: you chose it.')).toBeVisible();
  expect(hash(page).get('strategy')).toBe('stepwise');
  expect(await step(page)).toBe(before);
  await trainFor(page, 3);
});

test('a link brings the strategy, and one that there is not is named', async ({ page }) => {
  await open(page, 'executor=webgpu&strategy=separate');
  await expect(page.getByText('Op by op: every op is a launch of its own')).toBeVisible();
  await button(page, 'Step').click();
  await expect.poll(() => step(page), { timeout: 30_000 }).toBe(1);
  await page.goto('about:blank');
  await open(page, 'executor=cpu&strategy=magic');
  await expect(page.getByText('strategy = “magic”')).toBeVisible();
  await expect(page.getByText('For WebGPU; the CPU runs op by op.')).toBeVisible();
});
