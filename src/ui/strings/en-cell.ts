/** English words of the panel that opens a cell. Numbers come in already printed. */

export interface CellStrings {
  readonly view: string;
  readonly views: Readonly<Record<'forward' | 'backward', string>>;
  readonly opened: (target: string, source: string, weight: string) => string;
  readonly noAttention: string;
  readonly noWords: string;
  /** Where numbers that were asked for do not belong together. */
  readonly misfit: string;
  readonly score: string;
  readonly scoreHint: (units: number) => string;
  readonly scoreTotal: string;
  readonly uniformHint: (words: number) => string;
  readonly linearParts: readonly [key: string, query: string, bias: string];
  readonly unit: (unit: number) => string;
  readonly unitHead: string;
  readonly rest: (units: number) => string;
  readonly sumHead: string;
  readonly allUnits: (units: number) => string;
  readonly softmax: string;
  readonly softmaxHint: string;
  readonly temperature: (temperature: string) => string;
  readonly byHand: string;
  readonly word: string;
  /** The places behind the sentence, in the softmax when their mask is off. */
  readonly padding: string;
  readonly sum: string;
  readonly context: string;
  readonly contextHint: (dimensions: number) => string;
  readonly attentionOff: string;
  readonly dimension: string;
  readonly dimensionOf: (dimension: number, dimensions: number) => string;
  readonly wholeContext: (dimensions: number, limit: string) => string;
  readonly product: string;
  readonly backward: {
    readonly row: (word: string, position: number) => string;
    readonly choose: string;
    readonly loss: (loss: string) => string;
    readonly isOwnTranslation: string;
    readonly scores: string;
    readonly scoresHint: string;
    readonly unitOf: (exponent: string) => string;
    readonly inner: string;
    readonly parameters: string;
    readonly parametersHint: string;
    readonly noParameters: string;
    readonly shiftOnly: string;
    readonly entry: (parameter: string, row: number, column: number) => string;
    readonly vectorEntry: (parameter: string, column: number) => string;
    readonly check: string;
    readonly checkAgain: string;
    readonly checking: string;
    readonly checkHint: string;
    readonly parameter: string;
    readonly analytic: string;
    readonly numeric: string;
    readonly relativeError: string;
    readonly checkedAt: (count: number, step: string) => string;
  };
  /** Button at the schematic. */
  readonly openCell: string;
}

export const enCell: CellStrings = {
  view: 'Direction',
  views: { forward: 'Forward', backward: 'Backward' },
  opened: (target, source, weight) => `How ‘${target}’ looks at ‘${source}’: α = ${weight}`,
  noAttention:
    'This model has no attention: every step gets the encoder’s last state, so there is no cell to open. Choose a score to see how a weight is made.',
  noWords: 'The model stops at once: there is no target word whose attention could be opened.',
  misfit: 'These numbers do not belong together: the weights were changed by hand, or a part is switched off.',
  score: 'Score',
  scoreHint: (units) => `A sum over ${units} units. The largest contributions, then all others in one:`,
  scoreTotal: 'score',
  uniformHint: (words) =>
    `A uniform score asks nothing: every word gets 0, so the softmax gives each of the ${words} words 1/${words}.`,
  linearParts: ['word', 'query', 'bias'],
  unit: (unit) => `unit ${unit}`,
  unitHead: 'unit',
  rest: (units) => `${units} other units`,
  sumHead: 'sum',
  allUnits: (units) => `All ${units} units as a table`,
  softmax: 'Softmax',
  softmaxHint: 'Minus the largest score, so that no exponential is too large; then each one’s share of the sum.',
  temperature: (temperature) => `Scores are divided by the temperature τ = ${temperature} first.`,
  byHand: 'This row’s weights were set by hand; the scores are what the model would have used.',
  word: 'word',
  sum: 'sum',
  padding: 'padding',
  context: 'Context',
  contextHint: (dimensions) => `The words’ states, weighted by α: ${dimensions} sums like this one.`,
  attentionOff: 'Attention is switched off: the context is replaced by zeros.',
  dimension: 'Dimension',
  dimensionOf: (dimension, dimensions) => `${dimension} of ${dimensions}`,
  wholeContext: (dimensions, limit) => `All ${dimensions} dimensions of the context, from −${limit} to ${limit}`,
  product: 'product',
  backward: {
    row: (word, position) => `The way back through the row of ‘${word}’, output ${position}`,
    choose: 'Row',
    loss: (loss) => `loss of the sentence ${loss} nats/token`,
    isOwnTranslation: 'No reference is known for this sentence; the model’s own translation stands in for it.',
    scores: 'From α to the scores',
    scoresHint: 'How the loss would change with each weight, and with each score behind it.',
    unitOf: (exponent) => `Gradients in units of ${exponent}.`,
    inner: 'Σ α·dα',
    parameters: 'To the parameters',
    parametersHint: 'The largest gradients of each parameter, every one a sum over words. The open row is marked.',
    noParameters: 'This score has no parameters of its own: its gradient goes straight on to the states.',
    shiftOnly: 'U and b move all scores of a row alike, which the softmax takes back: their gradients are 0.',
    entry: (parameter, row, column) => `${parameter}[${row}, ${column}]`,
    vectorEntry: (parameter, column) => `${parameter}[${column}]`,
    check: 'Check by central differences',
    checkAgain: 'Check others',
    checking: 'Checking',
    checkHint:
      'Moves a weight a little to both sides, in float64, and compares the change of the loss with the gradient.',
    parameter: 'parameter',
    analytic: 'backward pass',
    numeric: 'central difference',
    relativeError: 'relative error',
    checkedAt: (count, step) => `${count} gradients at step ${step}`,
  },
  openCell: 'Open a cell',
};
