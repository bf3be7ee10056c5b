/** English: attention, gradient × input and erasure side by side, and the size of gradients through time. */

/** What says which source word mattered. */
export type MeasureName = 'attention' | 'gradientInput' | 'erasure';

/** The words for how close two orders are: a mean τ of 0.6 and more, of 0.3 and more, less. */
export type Closeness = 'close' | 'partly' | 'hardly';

export interface ExplainsStrings {
  readonly measures: Readonly<
    Record<MeasureName, { readonly name: string; readonly formula: string; readonly says: string }>
  >;
  readonly scale: string;
  readonly scales: Readonly<Record<'shares' | 'signed', string>>;
  readonly scaleHints: Readonly<Record<'shares' | 'signed', string>>;
  readonly table: string;
  readonly rest: string;
  readonly pinned: string;
  readonly noAttention: string;
  readonly edited: string;
  /** The pictures of a measure, as they are walked through. */
  readonly pictures: (measure: string) => string;
  readonly grid: (measure: string, source: string, target: string) => string;
  readonly cell: (row: number, target: string, column: number, source: string, value: string) => string;
  readonly cellReadout: (target: string, source: string, values: readonly string[]) => string;
  readonly rowReadout: (target: string, tops: readonly string[]) => string;
  readonly value: (measure: string, raw: string, share: string | null) => string;
  readonly nats: (value: string) => string;
  readonly top: (measure: string, word: string) => string;
  readonly noTop: (measure: string) => string;
  readonly sharesLegend: string;
  readonly signedLegend: (limit: string) => string;
  readonly tableCaption: string;
  readonly columns: Readonly<Record<'target' | 'source' | MeasureName, string>>;
  readonly agreement: {
    readonly title: string;
    readonly pair: (a: string, b: string) => string;
    readonly tau: string;
    readonly top: string;
    readonly overall: string;
    readonly isSame: string;
    readonly isOther: string;
    readonly undefined: string;
    readonly topShare: (same: string, rows: string) => string;
    readonly tauHint: string;
    readonly topHint: string;
    readonly output: string;
  };
  readonly reading: {
    readonly title: string;
    readonly untrained: string;
    readonly oneWord: string;
    readonly noTau: string;
    /** The figures of one pair, in a sentence. */
    readonly agree: (a: string, b: string, closeness: Closeness, tau: string, top: string, rows: string) => string;
    readonly tauNote: string;
    /** What the agreement of the other two says about using them as a yardstick. */
    readonly yardstick: (closeness: Closeness, isCloserThanAttention: boolean, tau: string) => string;
    /** `rows` outputs whose erasure is all but 0; `cost` is what no word of them exceeds. */
    readonly faint: (count: number, rows: string, cost: string) => string;
    readonly does: string;
    readonly doesNot: string;
    readonly literature: string;
    readonly sources: readonly { readonly text: string; readonly url: string }[];
  };
  readonly flow: {
    readonly title: string;
    readonly encoder: string;
    readonly decoder: string;
    readonly layer: string;
    readonly layerName: (layer: number) => string;
    readonly forward: string;
    readonly backward: string;
    readonly unit: string;
    readonly chart: (title: string, least: string, most: string) => string;
    readonly point: (word: string, series: string | null, value: string) => string;
    readonly rest: string;
    readonly reading: (hasAttention: boolean, factor: string) => string;
    readonly general: string;
    readonly tableCaption: string;
    readonly position: string;
    readonly norm: string;
  };
}

const CLOSENESS: Record<Closeness, string> = {
  close: 'order the words much alike',
  partly: 'order the words alike in part',
  hardly: 'hardly order the words alike',
};

export const enExplains: ExplainsStrings = {
  measures: {
    attention: {
      name: 'Attention',
      formula: 'αₜⱼ',
      says: 'where the decoder looked',
    },
    gradientInput: {
      name: 'Gradient × input',
      formula: 'xⱼ · ∂ log p(yₜ) ∕ ∂xⱼ',
      says: 'what a small change of the word does',
    },
    erasure: {
      name: 'Erasure',
      formula: 'log p(yₜ) − log p(yₜ without wordⱼ)',
      says: 'what leaving the word out does',
    },
  },
  scale: 'Scale',
  scales: { shares: 'Shares', signed: 'Signed' },
  scaleHints: {
    shares: 'Each row sums to 1, like attention: of gradient × input its size, of erasure what it costs',
    signed: 'The numbers as they are: orange speaks for the output word, blue against it',
  },
  table: 'Table',
  rest: 'Rest on a cell to compare the three, on an output word to see what each puts first.',
  pinned: 'pinned',
  noAttention: 'This model has no attention; the other two can still be compared.',
  edited: 'Your edits are not part of this: it is the model itself, for the words on the stage.',
  pictures: (measure) =>
    `${measure} of each symbol, over the picture. Arrow keys walk from cell to cell, Page Up and Page Down from symbol to symbol, Enter pins a cell.`,
  grid: (measure, source, target) => `${measure} from ‘${source}’ to ‘${target}’`,
  cell: (row, target, column, source, value) => `output ${row} '${target}', input ${column} '${source}': ${value}`,
  cellReadout: (target, source, values) => `‘${target}’ and ‘${source}’: ${values.join(' · ')}`,
  rowReadout: (target, tops) => `‘${target}’ most: ${tops.join(' · ')}`,
  value: (measure, raw, share) => `${measure.toLowerCase()} ${raw}${share === null ? '' : `, share ${share}`}`,
  nats: (value) => `${value} nats`,
  top: (measure, word) => `${measure.toLowerCase()} ‘${word}’`,
  noTop: (measure) => `${measure.toLowerCase()} none`,
  sharesLegend: 'Share of the row',
  signedLegend: (limit) => `−${limit} to +${limit} nats`,
  tableCaption: 'Attention, gradient × input and erasure of every pair of words',
  columns: {
    target: 'Output',
    source: 'Input',
    attention: 'Attention',
    gradientInput: 'Gradient × input, nats',
    erasure: 'Erasure, nats',
  },
  agreement: {
    title: 'Do they agree?',
    pair: (a, b) => `${a}, ${b.toLowerCase()}`,
    tau: 'τ',
    top: 'same top',
    overall: 'All outputs',
    isSame: 'same',
    isOther: 'other',
    undefined: '–',
    topShare: (same, rows) => `${same} of ${rows}`,
    tauHint:
      'Kendall’s τ-b: 1 for the same order of the source words, 0 for no relation, −1 for the opposite order; the mean over all outputs',
    topHint: 'Whether both put the same source word first',
    output: 'Output',
  },
  reading: {
    title: 'What attention explains, and what not',
    untrained: 'The model has not been trained yet, so none of the three means much.',
    oneWord: 'With one source word there is nothing to rank.',
    noTau: 'One of the two gives every word the same, so there is no order to compare.',
    agree: (a, b, closeness, tau, top, rows) =>
      `Here ${a.toLowerCase()} and ${b.toLowerCase()} ${CLOSENESS[closeness]} (mean τ ${tau}); the word they put first is the same for ${top} of ${rows} outputs.`,
    tauNote: 'τ counts every pair of words, also those to which both give next to nothing.',
    yardstick: (closeness, isCloserThanAttention, tau) =>
      closeness === 'hardly'
        ? `Gradient × input and erasure hardly agree with each other either (τ ${tau}): neither is a truth to hold attention against.`
        : isCloserThanAttention
          ? `Gradient × input and erasure agree better with each other (τ ${tau}) than either does with attention.`
          : `Gradient × input and erasure agree with each other no better (τ ${tau}) than with attention.`,
    faint: (count, rows, cost) =>
      `For ${rows} ${count === 1 ? 'output' : 'outputs'} no left-out word costs even ${cost} nats: the model is sure either way, and the shares of such a row are of next to nothing.`,
    does: 'Attention is a fact about the computation: with these weights the states of the source entered the context. Where it is sharp, it says which states the decoder had before it when it wrote the word.',
    doesNot:
      'It is not the reason for the word. A state already carries its neighbours, so the weight may sit one place beside the word that counts; the decoder’s own memory speaks too. The other two have limits of their own: a gradient holds for small changes only, and a sentence with a word left out may be like none the model has seen.',
    literature:
      'The question is open. In classifiers, attention was found to correlate weakly with gradients and with leaving words out, and other weights to give nearly the same output [1]; that alone does not rule it out as an explanation, which depends on what one asks of it [2]; it predicts what matters, but noisily [3]. Erasure as a measure is from [4]. One sentence on one small translator settles none of this.',
    sources: [
      { text: '[1] Jain & Wallace 2019', url: 'https://aclanthology.org/N19-1357/' },
      { text: '[2] Wiegreffe & Pinter 2019', url: 'https://aclanthology.org/D19-1002/' },
      { text: '[3] Serrano & Smith 2019', url: 'https://aclanthology.org/P19-1282/' },
      { text: '[4] Li, Monroe & Jurafsky 2016', url: 'https://arxiv.org/abs/1612.08220' },
    ],
  },
  flow: {
    title: 'Gradient size through time',
    encoder: 'At each encoder state, ‖∂L∕∂hⱼ‖',
    decoder: 'At each decoder state, ‖∂L∕∂sₜ‖',
    layer: 'Layer',
    layerName: (layer) => `Layer ${layer}`,
    forward: 'reading forward',
    backward: 'reading backward',
    unit: 'nats, log scale',
    chart: (title, least, most) => `${title}: from ${least} to ${most} nats`,
    point: (word, series, value) => `‘${word}’${series === null ? '' : ` ${series}`}: ${value} nats`,
    rest: 'Rest on a point to read it.',
    reading: (hasAttention, factor) =>
      hasAttention
        ? `Attention gives every source word a way of one step to the loss; the largest gradient of an encoder state here is ${factor} times the smallest.`
        : `Without attention the loss reaches a word only through every state between; the largest gradient of an encoder state here is ${factor} times the smallest.`,
    general:
      'Along a recurrent network alone, a gradient is multiplied by a similar factor at every step, so that over many steps it vanishes or explodes; the cell of an LSTM and the short way of attention are two remedies.',
    tableCaption: 'Gradient size at every state',
    position: 'State',
    norm: 'Norm, nats',
  },
};
