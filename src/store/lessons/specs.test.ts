import { afterAll, describe, expect, it } from 'vitest';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { createTrainingClient } from '../../training/client.ts';
import { decodeLink } from '../link.ts';
import { createSession } from '../session.ts';
import { LESSON_IDS, LESSONS } from './catalogue.ts';
import { type GoalSpec, pageOf } from './lesson.ts';
import { LESSON_SPECS, specOf } from './specs.ts';

const session = createSession({
  startClient: () => createTrainingClient(new FakeWorker()),
  link: decodeLink('').state,
});

/** Before the run is open, so that nothing has been done. */
const page = pageOf(session);

afterAll(() => session.dispose());

describe.each(LESSON_IDS)('lesson %s', (lesson) => {
  it('has as many cards as the catalogue says', () => {
    expect(Object.keys(LESSON_SPECS[lesson].cards)).toHaveLength(LESSONS[lesson].cards);
  });

  it('has goals that a page where nothing was done does not reach by itself', () => {
    const opened: string[] = [];
    for (const [card, { goals }] of Object.entries(specOf(lesson).cards))
      for (const [name, goal] of Object.entries<GoalSpec>(goals))
        if (goal.isReached(page, page)) opened.push(`${card}.${name}`);
    // The stage is live until somebody travels.
    expect(opened.filter((goal) => goal !== 'live.live')).toEqual([]);
  });
});
