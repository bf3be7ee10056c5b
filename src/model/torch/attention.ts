/** The attention of the PyTorch program, for each kind of score. */

import type { ScoreKind } from '../config.ts';
import type { ModelShape } from '../parameters.ts';

interface Score {
  /** The formula, for the docstring. */
  readonly formula: string;
  /** Lines that make the parameters. */
  readonly made: readonly string[];
  /** What all queries are compared with, from annotations [B, S, De]. */
  readonly keys: string;
  /** Scores [B, S] of a query [B, Hd]. */
  readonly scores: string;
}

const PRODUCT = '(keys @ query.unsqueeze(2)).squeeze(2)';

const SCORES: Record<Exclude<ScoreKind, 'none'>, Score> = {
  additive: {
    formula: 'v . tanh(W h + U s + b)  (Bahdanau 2015)',
    made: [
      'self.W = nn.Linear(ANNOTATION, ATTENTION, bias=False)',
      'self.U = nn.Linear(DECODER_HIDDEN, ATTENTION, bias=False)',
      'self.b = nn.Parameter(torch.zeros(ATTENTION))',
      'self.v = nn.Parameter(torch.zeros(ATTENTION))',
    ],
    keys: 'self.W(annotations) + self.b',
    scores: 'torch.tanh(keys + self.U(query).unsqueeze(1)) @ self.v',
  },
  'linear-concat': {
    formula: 'W h + U s + b, a linear layer on [s; h]',
    made: [
      'self.W = nn.Linear(ANNOTATION, 1, bias=False)',
      'self.U = nn.Linear(DECODER_HIDDEN, 1, bias=False)',
      'self.b = nn.Parameter(torch.zeros(1))',
    ],
    keys: 'self.W(annotations) + self.b',
    scores: '(keys + self.U(query).unsqueeze(1)).squeeze(2)',
  },
  general: {
    formula: '(W h) . s  (Luong 2015)',
    made: ['self.W = nn.Linear(ANNOTATION, DECODER_HIDDEN, bias=False)'],
    keys: 'self.W(annotations)',
    scores: PRODUCT,
  },
  dot: { formula: 'h . s  (Luong 2015)', made: [], keys: 'annotations', scores: PRODUCT },
  'scaled-dot': {
    formula: 'h . s / sqrt(De)  (Vaswani 2017)',
    made: [],
    keys: 'annotations / ANNOTATION**0.5',
    scores: PRODUCT,
  },
  uniform: {
    formula: '0: every word weighs the same',
    made: [],
    keys: 'annotations',
    scores: 'torch.zeros(keys.shape[:2], device=keys.device)',
  },
};

/** The class, or none where the model has no attention. */
export function attentionModule({ score }: ModelShape): string {
  if (score === 'none') return '# No attention: the context is the last state of the encoder, the same for every word.';
  const { formula, made, keys, scores } = SCORES[score];
  const init =
    made.length === 0
      ? ''
      : `    def __init__(self):
        super().__init__()
${made.map((line) => `        ${line}`).join('\n')}

`;
  return `class Attention(nn.Module):
    """Scores ${formula}."""

${init}    def keys(self, annotations):
        """What all queries are compared with, once for a sentence: [B, S, ...]."""
        return ${keys}

    def forward(self, query, keys, annotations, mask):
        """Context [B, De] and weights [B, S] of a query [B, Hd]; the mask [B, S] is true for words."""
        scores = ${scores}
        weights = torch.softmax(scores.masked_fill(~mask, float("-inf")), 1)
        return (weights.unsqueeze(1) @ annotations).squeeze(1), weights`;
}
