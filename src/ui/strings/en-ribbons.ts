/** English, the ribbons between the sentences. */

export interface RibbonStrings {
  /** The choice between the two pictures. */
  readonly picture: string;
  readonly pictures: Readonly<Record<'matrix' | 'ribbons', string>>;
  readonly label: (source: string, target: string) => string;
  /** In the legend: weights below this are left out. */
  readonly threshold: (weight: string) => string;
}

export const enRibbons: RibbonStrings = {
  picture: 'Picture',
  pictures: { matrix: 'Matrix', ribbons: 'Ribbons' },
  label: (source, target) =>
    `Ribbons from “${source}” to “${target}”. Arrow keys walk from word to word, and along a ribbon to the other sentence.`,
  threshold: (weight) => `under ${weight} not drawn`,
};
