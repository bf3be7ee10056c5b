/** What axe says about a page, or a part of it, in the state that it is in. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';

export interface Scan {
  /** Tags of axe's rules, or the rules themselves; all of them where nothing is said. */
  readonly tags?: readonly string[];
  readonly rules?: readonly string[];
  /** Selects the part. */
  readonly part?: string;
}

/** A line for each rule that is broken, with the elements that break it. */
export async function violations(page: Page, { tags, rules, part = 'html' }: Scan = {}): Promise<string[]> {
  // One document without frames: the scan needs no second page.
  // What passes is counted, not described, which is most of the work.
  const axe = new AxeBuilder({ page })
    .include(part)
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] });
  if (tags) axe.withTags([...tags]);
  if (rules) axe.withRules([...rules]);
  const { violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
