/** English: what is said otherwise where the model gives one class for a sentence, not a translation; and its own picture. */

import type { FieldText, StageText, Strings } from './strings.ts';

export interface ClassifierStrings {
  readonly sentence: Pick<Strings['sentence'], 'label' | 'translate' | 'translating' | 'noReference' | 'allUnknown'> &
    Pick<Strings['sentence'], 'wrongWords' | 'wrongWord'>;
  readonly heatmap: Pick<Strings['heatmap'], 'noAttentionHint' | 'probabilityLegend' | 'goldLegend' | 'gold'>;
  readonly samples: Strings['samples'];
  readonly figures: Pick<Strings['figures'], 'exact'>;
  readonly goal: Pick<Strings['goal'], 'label'>;
  readonly terms: Pick<Strings['terms'], 'exactMatch' | 'loss' | 'tokenAccuracy' | 'goldAlignment'>;
  readonly charts: Pick<Strings['meters']['charts'], 'loss' | 'exactMatch' | 'tokenAccuracy'>;
  readonly decoderGroup: string;
  readonly fields: Readonly<Record<'decoderHidden' | 'readout', FieldText>>;
  readonly stages: Readonly<Record<'source' | 'score' | 'context' | 'decode' | 'target', StageText>>;
  readonly query: string;
  /** In the panels of the drawer. */
  readonly panels: {
    readonly looked: string;
    readonly attentionDoes: string;
    readonly attentionDoesNot: string;
    readonly attentionOff: string;
    readonly resultTitle: string;
    readonly resultCaption: string;
    readonly isOwnAnswer: string;
    readonly loss: (loss: string) => string;
  };
  readonly classes: {
    readonly title: string;
    /** For a screen reader: a class with its probability. */
    readonly bar: (name: string, probability: string) => string;
  };
}

export const enClassifier = (base: Pick<Strings, 'schematic'>): ClassifierStrings => ({
  sentence: {
    label: 'Sentence to classify',
    translate: 'Classify',
    translating: 'Classifying',
    noReference: 'No right answer is known for this sentence.',
    allUnknown: 'The model knows none of these words, so its answer means nothing. Try words of the sample sentences.',
    wrongWords: () => 'wrong',
    wrongWord: 'not the right class',
  },
  heatmap: {
    noAttentionHint: 'The class is read off the encoder’s last state alone. Choose another score to let it look back.',
    probabilityLegend: 'probability of the class',
    goldLegend: 'deciding word',
    gold: 'deciding word',
  },
  samples: { title: 'Sentences it has never seen' },
  figures: { exact: 'right' },
  goal: { label: (goal) => `Goal: ${goal} right` },
  terms: {
    exactMatch: { label: 'Accuracy', sentence: 'The share of held-out sentences whose class is right.' },
    loss: { label: 'Loss', sentence: 'The mean surprise at the right class, in nats: 0 when the model is sure of it.' },
    tokenAccuracy: { label: 'Accuracy', sentence: 'The share of sentences whose class is right.' },
    goldAlignment: {
      label: 'deciding word',
      sentence: 'An outlined cell: the grammar that made the sentence knows that this word decides the class.',
    },
  },
  charts: {
    loss: { label: 'Loss', unit: 'nats/sentence' },
    exactMatch: { label: 'Accuracy', unit: '%' },
    tokenAccuracy: { label: 'Accuracy, each step', unit: '%' },
  },
  decoderGroup: 'Query and readout',
  fields: {
    decoderHidden: {
      label: 'Query size',
      unit: 'units',
      hint: 'Numbers of the query, which is made of the encoder’s last state.',
    },
    readout: { label: 'Readout size', unit: 'units', hint: 'Units between query, context and the choice of a class.' },
  },
  stages: {
    source: { ...base.schematic.stages.source, forward: 'The words of the sentence come in.' },
    score: {
      ...base.schematic.stages.score,
      formula: (config) => base.schematic.stages.score.formula(config).replace(/\bs\b/u, 'q'),
      forward: 'Each word gets a number: how well it fits the query.',
    },
    context: { ...base.schematic.stages.context, formula: ({ score }) => (score === 'none' ? '' : 'c = Σⱼ αⱼ hⱼ') },
    decode: {
      label: 'readout',
      formula: () => 'r = tanh(W [q ; c] + b)',
      forward: 'Query and context together make the evidence for each class. There is no decoder.',
      backward: 'The gradient parts: to the query and to the context.',
    },
    target: {
      label: 'class',
      formula: () => 'p(class) = softmax(V r + b)',
      forward: 'The most probable class is the answer.',
      backward: 'The surprise at the right class: here the gradient begins.',
    },
  },
  query: 'query q',
  panels: {
    looked: 'where the model looked',
    attentionDoes:
      'Attention is a fact about the computation: with these weights the states of the source entered the context. Where it is sharp, it says which states the readout had before it when it chose the class.',
    attentionDoesNot:
      'It is not the reason for the class. A state already carries its neighbours, so the weight may sit one place beside the word that counts; the query speaks too. The other two have limits of their own: a gradient holds for small changes only, and a sentence with a word left out may be like none the model has seen.',
    attentionOff: 'Off: the context is zero, so the class is read off the query alone',
    resultTitle: 'Class',
    resultCaption: 'The untouched class, the edited one, and the other classes',
    isOwnAnswer: 'No right answer is known for this sentence; the model’s own class stands in for it.',
    loss: (loss) => `loss of the sentence ${loss} nats`,
  },
  classes: {
    title: 'Probability of each class',
    bar: (name, probability) => `${name}: ${probability}`,
  },
});
