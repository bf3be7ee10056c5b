/** English: the trained model that ships with the page. */

export interface ShippedStrings {
  /** Steps and share come in formatted; the share is null where the model was not measured. */
  readonly line: (steps: string, exact: string | null) => string;
  readonly train: string;
  readonly goOn: string;
}

export const enShipped: ShippedStrings = {
  line: (steps, exact) =>
    exact === null
      ? `This model was trained before, for ${steps} steps.`
      : `This model was trained before: ${steps} steps, ${exact} of held-out pairs exactly right.`,
  train: 'Train starts a new one, which knows nothing yet.',
  goOn: 'Go on from this model',
};
