/** The lessons by name, as far as a link and the first view have to know them; what is in them is loaded with the first one. */

/** A small model of Numbers: it has learned them after some 200 steps, in seconds without a GPU as well. */
const QUICK_NUMBERS = 'task=numbers&embedding=32&hidden=32&decoderHidden=32&attention=32&readout=32&learningRate=0.01';

/** The same with attention that is computed when the words are there already. */
const TOO_LATE = `${QUICK_NUMBERS}&placement=too-late`;

/** Reverse without attention: the lesson is about what that costs. */
const QUICK_REVERSE =
  'task=reverse&score=none&embedding=32&hidden=32&decoderHidden=64&readout=32&learningRate=0.02&warmup=10';

/** What is known of a lesson before it is opened. */
export interface LessonEntry {
  /** How many cards it has. */
  readonly cards: number;
  /** The settings that it starts with, as a link has them. */
  readonly start: string;
}

/** In the order in which they build on each other. */
export const LESSONS = {
  'what-attention-is': { cards: 6, start: QUICK_NUMBERS },
  bottleneck: { cards: 6, start: QUICK_REVERSE },
  scores: { cards: 6, start: QUICK_NUMBERS },
  'open-a-cell': { cards: 6, start: QUICK_NUMBERS },
  'edit-attention': { cards: 7, start: QUICK_NUMBERS },
  'not-explanation': { cards: 5, start: QUICK_NUMBERS },
  'common-mistake': { cards: 5, start: TOO_LATE },
  'watch-it-learn': { cards: 6, start: QUICK_NUMBERS },
  'machine-room': { cards: 6, start: QUICK_NUMBERS },
} as const satisfies Readonly<Record<string, LessonEntry>>;

export type LessonId = keyof typeof LESSONS;
export const LESSON_IDS = Object.keys(LESSONS) as readonly LessonId[];

export const isLessonId = (text: string): text is LessonId => Object.hasOwn(LESSONS, text);
