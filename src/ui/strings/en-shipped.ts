/** English: the trained model that ships with the page. */

export interface ShippedStrings {
  /** Numbers come in formatted; what was measured, the share and of how many pairs, is null where nothing was. */
  readonly line: (steps: string, measured: { readonly exact: string; readonly pairs: string } | null) => string;
  readonly train: string;
  readonly goOn: string;
}

export const enShipped: ShippedStrings = {
  line: (steps, measured) =>
    measured === null
      ? `This model was trained before, for ${steps} steps.`
      : `This model was trained before: ${steps} steps, ${measured.exact} of ${measured.pairs} held-out pairs exactly right.`,
  train: 'Train starts a new one, which knows nothing yet.',
  goOn: 'Go on from this model',
};
