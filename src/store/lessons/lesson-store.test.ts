import { expect, it } from 'vitest';
import { LESSON_IDS, LESSONS } from './catalogue.ts';
import {
  createLessonStore,
  doneCount,
  forgetProgress,
  goToCard,
  leaveLesson,
  openCard,
  openLesson,
  progressOf,
  reachGoals,
  readLessons,
  writeLessons,
} from './lesson-store.ts';

const memory = (text?: string) => {
  const items = new Map(text === undefined ? [] : [['heed.lessons', text]]);
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
};

it('is gone on with where it was left, and from its start once it was done', () => {
  const store = createLessonStore();
  openLesson(store, 'open-a-cell');
  goToCard(store, 2);
  leaveLesson(store);
  openLesson(store, 'edit-attention');
  openLesson(store, 'open-a-cell');
  expect(openCard(store.getState())).toBe(2);
  goToCard(store, LESSONS['open-a-cell'].cards);
  expect(store.getState().lesson).toBeNull();
  expect(doneCount(store.getState())).toBe(1);
  openLesson(store, 'open-a-cell');
  expect(openCard(store.getState())).toBe(0);
});

it('notes a goal once, and forgets on request', () => {
  const store = createLessonStore();
  expect(reachGoals(store, 'scores', ['a.b', 'a.c'])).toEqual(['a.b', 'a.c']);
  expect(reachGoals(store, 'scores', ['a.b'])).toEqual([]);
  forgetProgress(store, 'scores');
  expect(progressOf(store.getState(), 'scores').reached).toEqual([]);
});

it('comes back from what the browser keeps', () => {
  const [store, storage] = [createLessonStore(), memory()];
  openLesson(store, 'scores');
  goToCard(store, 3);
  reachGoals(store, 'scores', ['x.y']);
  writeLessons(() => storage, store.getState());
  const { progress } = store.getState();
  expect(readLessons(() => storage)).toEqual({ progress, isHintDone: true });
});

it('takes nothing that it did not write', () => {
  expect(readLessons(memory)).toEqual({});
  for (const text of ['', '{', 'null', '7', '[1]']) expect(readLessons(() => memory(text)).progress ?? {}).toEqual({});
  const bad = {
    scores: { card: 99, reached: [] },
    magic: { card: 0, reached: [] },
    'open-a-cell': { card: 0, reached: [1] },
  };
  expect(readLessons(() => memory(JSON.stringify(bad))).progress).toEqual({});
  expect(
    readLessons(() => {
      throw new DOMException('denied', 'SecurityError');
    }),
  ).toEqual({});
});

it('has three to eight cards a lesson', () => {
  for (const id of LESSON_IDS) {
    expect(LESSONS[id].cards).toBeGreaterThanOrEqual(3);
    expect(LESSONS[id].cards).toBeLessThanOrEqual(8);
  }
});
