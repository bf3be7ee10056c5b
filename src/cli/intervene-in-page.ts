/** What `intervene.mjs` runs inside the headless page: trains on dates, then forces attention where it does not belong. */

import { dateFields, ISO_FIELDS } from '../data/date-fields.ts';
import { loadDates } from '../data/dates.ts';
import { createRandom } from '../lib/random.ts';
import type { Config } from '../model/config.ts';
import { startTrainingWorker } from '../training/client.ts';
import type { ExecutorPreference } from '../training/protocol.ts';
import { plainScene, type Scene } from '../training/questions.ts';
import { trainTo } from './train-in-page.ts';

export interface InterventionRequest {
  readonly config: Config;
  readonly executor: ExecutorPreference;
  readonly steps: number;
  /** Held-out dates to intervene on. */
  readonly dates: number;
  readonly seed: number;
}

export interface InterventionResult {
  /** Share of held-out dates that are right to the last character, 0 to 1. */
  readonly exactMatch: number;
  readonly pairs: number;
  /** By output position: interventions made, and those after which the model wrote another character there. */
  readonly positions: readonly { readonly count: number; readonly changed: number }[];
  /** Median of one question with the untouched and one edited scene, ms. */
  readonly editMs: number;
}

const LATENCY_RUNS = 20;

/**
 * For each date and output position one intervention: that step looks at a single character of another field, drawn at
 * random; at a hyphen, at any character that belongs to a field. All other steps look by themselves.
 */
export async function intervene({
  config,
  executor,
  steps,
  dates,
  seed,
}: InterventionRequest): Promise<InterventionResult> {
  const client = startTrainingWorker();
  try {
    await client.open(config, executor);
    await trainTo(client, steps, { opened: () => {}, progressed: () => {} });
    const { exactMatch, pairs } = await client.evaluate('test', 2000);
    const random = createRandom(seed);
    const { test } = loadDates();
    const positions = ISO_FIELDS.map(() => ({ count: 0, changed: 0 }));
    let example: readonly Scene[] = [];
    for (let i = 0; i < dates; i++) {
      const pair = test.at(Math.floor((i * test.length) / dates));
      if (!pair) continue;
      const plain = plainScene(pair.source);
      const fields = dateFields(pair.source.join(''));
      const scenes = ISO_FIELDS.map((field, position): Scene => {
        const wrong = fields.flatMap((other, at) => (other !== null && other !== field ? [at] : []));
        const target = random.pick(wrong);
        const row = pair.source.map((_, at) => (at === target ? 1 : 0));
        return { ...plain, attention: [...new Array<null>(position).fill(null), row] };
      });
      const [untouched, ...edited] = (await client.ask('explore', { scenes: [plain, ...scenes] })).scenes;
      edited.forEach(({ translation }, position) => {
        positions[position].count++;
        if (translation.target[position]?.text !== untouched.translation.target[position]?.text)
          positions[position].changed++;
      });
      example = [plain, scenes[0]];
    }
    const times: number[] = [];
    for (let run = 0; run < LATENCY_RUNS; run++) {
      const start = performance.now();
      await client.ask('explore', { scenes: example });
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    return { exactMatch, pairs, positions, editMs: times[times.length >> 1] };
  } finally {
    client.dispose();
  }
}
