/** English: what the first view says about lessons; their own words are in `lessons`. */

export interface LessonStrings {
  readonly title: string;
  readonly hint: string;
  readonly hintStart: string;
  readonly hintDismiss: string;
  /** After a lesson that had brought its own settings. */
  readonly left: string;
  readonly goBack: string;
  readonly loading: string;
  /** Where a link leaves parts of the page out. */
  readonly partsHidden: (count: number) => string;
  readonly showAll: string;
}

export const enLessons: LessonStrings = {
  title: 'Lessons',
  hint: 'New to attention? The first lesson shows what it is, on this page, in about four minutes.',
  hintStart: 'Start the lesson',
  hintDismiss: 'No lesson now',
  left: 'The lesson had brought its own model. What you had before is kept.',
  goBack: 'Go back to it',
  loading: 'Opening the lesson',
  partsHidden: (count) => `This link leaves ${count === 1 ? 'one part' : `${count} parts`} of the page out.`,
  showAll: 'Show everything',
};
