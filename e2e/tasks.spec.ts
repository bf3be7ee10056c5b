import { TASK_CATALOGUE } from '../src/model/tasks.ts';
import { en } from '../src/ui/strings/en.ts';
import { expect, hash, open, ready, test } from './heed.ts';

test('every task can be chosen, says what to look for and shows its samples', async ({ page }) => {
  await open(page, 'executor=cpu');
  const chooser = page.getByRole('combobox', { name: 'Task', exact: true });
  for (const { name, variants } of TASK_CATALOGUE) {
    const [task] = variants;
    await chooser.selectOption({ label: en.tasks.names[name] });
    await expect(page.getByRole('heading', { name: en.tasks.texts[task].name, exact: true })).toBeVisible();
    await expect(page.getByText(en.tasks.texts[task].attention)).toBeVisible();
    await expect(page.locator('.samples li:not(.skeleton)')).toHaveCount(3);
    await ready(page);
    const languages = page.getByRole('combobox', { name: en.tasks.variant });
    await expect(languages).toHaveCount(variants.length > 1 ? 1 : 0);
  }
});

test('a language is a second choice, kept in the link', async ({ page }) => {
  await open(page, 'executor=cpu&task=numbers');
  await page.getByRole('combobox', { name: en.tasks.variant }).selectOption({ label: 'digits to German' });
  await expect(
    page
      .locator('.samples .target.word')
      .filter({ hasText: /^hundert$/ })
      .first(),
  ).toBeVisible();
  await expect.poll(() => hash(page).get('task')).toBe('numbers-de');
  // The first choice still names the task.
  await expect(page.getByRole('combobox', { name: 'Task', exact: true })).toHaveValue('numbers');
});

test('typed text is read as the task writes it', async ({ page }) => {
  await open(page, 'executor=cpu&task=long-dates');
  const sentence = page.getByRole('textbox', { name: en.sentence.label });
  await sentence.fill('friday, march 15, 44 before christ');
  await sentence.press('Enter');
  await expect(page.getByRole('region', { name: en.app.stage }).getByText('紀元前44年3月15日金曜日')).toBeVisible();
});
