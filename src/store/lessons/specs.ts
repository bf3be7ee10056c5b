/** Every lesson with its cards and goals; loaded with the first lesson that is opened. */

import type { LessonId } from './catalogue.ts';
import { bottleneck, scores, watchItLearn, whatAttentionIs } from './first-lessons.ts';
import { commonMistake, editAttention, machineRoom, notExplanation, openACell } from './inside-lessons.ts';
import type { LessonSpec } from './lesson.ts';

export const LESSON_SPECS = {
  'what-attention-is': whatAttentionIs,
  bottleneck,
  scores,
  'open-a-cell': openACell,
  'edit-attention': editAttention,
  'not-explanation': notExplanation,
  'common-mistake': commonMistake,
  'watch-it-learn': watchItLearn,
  'machine-room': machineRoom,
} as const satisfies Readonly<Record<LessonId, LessonSpec>>;

export const specOf = (lesson: LessonId): LessonSpec => LESSON_SPECS[lesson];
