/** English: the map of the word vectors. */

export interface WordsStrings {
  readonly side: string;
  readonly sides: Readonly<Record<'source' | 'target', string>>;
  readonly search: string;
  readonly noSuchWord: (text: string) => string;
  readonly map: (side: string, count: number) => string;
  readonly hint: string;
  readonly axis: (index: number, share: string) => string;
  readonly neighbours: (word: string) => string;
  readonly noWord: string;
  readonly word: string;
  readonly cosine: string;
  readonly loading: string;
}

export const enWords: WordsStrings = {
  side: 'Words of the',
  sides: { source: 'input', target: 'output' },
  search: 'Find a word',
  noSuchWord: (text) => `The model has no word “${text}”.`,
  map: (side, count) =>
    `Map of ${count} word vectors of the ${side}. Words that lie close together are similar to the model; type a word into the field to list its neighbours.`,
  hint: 'The embedding table on its two main directions (PCA), without the special symbols. Near words are alike to the model.',
  axis: (index, share) => `component ${index}: ${share} of the variance`,
  neighbours: (word) => `Nearest to “${word}”, of all dimensions`,
  noWord: 'Choose a word to list its nearest neighbours.',
  word: 'Word',
  cosine: 'Cosine',
  loading: 'Reading the word vectors',
};
