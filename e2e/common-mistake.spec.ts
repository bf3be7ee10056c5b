import { violations } from './axe.ts';
import { cell, expect, open, test, trainFor } from './heed.ts';

test('attention that comes too late is drawn, and changes nothing to the last bit', async ({ page }) => {
  await open(page, 'task=numbers&placement=too-late&decoding=teacher-forced');
  await trainFor(page, 10);
  const note = page.getByRole('region', { name: 'This attention comes too late' });
  await expect(note).toContainText('no gradient reaches its parameters');
  await expect(note.getByRole('status')).toContainText('Try it');
  const before = await cell(page, 0).getAttribute('aria-label');

  await note.getByRole('button', { name: 'Look at the first word only' }).click();
  await expect(note.getByRole('status')).toContainText('the same to the last bit');
  await expect.poll(() => cell(page, 0).getAttribute('aria-label')).not.toBe(before);
  await note.getByRole('button', { name: 'Shuffle all rows' }).click();
  await expect(note.getByRole('status')).toContainText('the same to the last bit');
  expect(await violations(page)).toEqual([]);

  await note.getByRole('button', { name: 'The model’s own weights' }).click();
  await expect(note.getByRole('status')).toContainText('Try it');
});

test('where the context is used, there is no such note', async ({ page }) => {
  await open(page, 'task=numbers');
  await expect(cell(page, 0)).toBeVisible();
  await expect(page.getByRole('region', { name: 'This attention comes too late' })).toHaveCount(0);
});
