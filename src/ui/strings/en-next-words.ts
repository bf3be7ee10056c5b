/** English: the panel of the next words and of beam search. */

export interface NextWordsStrings {
  readonly candidates: {
    readonly title: string;
    readonly hint: string;
    readonly past: string;
    readonly position: (position: number) => string;
    readonly entropy: (nats: string) => string;
    readonly entropyHint: string;
    readonly forced: string;
  };
  readonly beam: {
    readonly title: string;
    readonly hint: string;
    readonly width: string;
    readonly translateWith: string;
    readonly with: Readonly<Record<'greedy' | 'beam', string>>;
    readonly withHint: string;
    readonly untouched: string;
    readonly tree: (width: number, kept: number, pruned: number) => string;
    readonly treeTitle: string;
    readonly searching: string;
    readonly kept: string;
    readonly pruned: string;
    readonly best: string;
    readonly start: string;
    readonly hypotheses: string;
    readonly score: string;
    readonly scoreUnit: string;
    readonly translation: string;
    readonly show: string;
    readonly shown: string;
    readonly showing: (translation: string) => string;
    readonly cutOff: string;
    readonly empty: string;
  };
}

export const enNextWords: NextWordsStrings = {
  candidates: {
    title: 'The likeliest words at each step',
    hint: 'Greedy decoding takes the first of each column. Entropy says how open the choice was: 0 nats is certain.',
    past: 'As kept about once a second while the model trained: the first three of each step. Go back to live for more.',
    position: (position) => `Step ${position}`,
    entropy: (nats) => `${nats} nats`,
    entropyHint: 'Entropy of the whole distribution over the vocabulary',
    forced: 'forced',
  },
  beam: {
    title: 'Beam search',
    hint: 'Follows the best few translations at once. They are ranked by the mean log probability of their words, the end counted.',
    width: 'Beam width',
    translateWith: 'Translate with',
    with: { greedy: 'Greedy', beam: 'Beam' },
    withHint: 'For the sentences that you type',
    untouched: 'The search knows your changes to the input words, not those to attention, temperature or parts.',
    tree: (width, kept, pruned) =>
      `Tree of a beam search of width ${width}: ${kept} words kept, ${pruned} proposed and pruned. The list of its translations follows.`,
    treeTitle: 'Tree of the search',
    searching: 'Searching',
    kept: 'kept',
    pruned: 'pruned',
    best: 'best translation',
    start: 'start',
    hypotheses: 'Translations found, best first',
    score: 'Score',
    scoreUnit: 'nats a word',
    translation: 'Translation',
    show: 'Show',
    shown: 'On the stage',
    showing: (translation) => `Put on the stage: ${translation}`,
    cutOff: 'did not end',
    empty: 'no words',
  },
};
