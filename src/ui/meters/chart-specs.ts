/** What each small chart draws. */

import type { Series } from '../../lib/series.ts';
import type { Family } from '../../model/config.ts';
import type { MetricsHistory } from '../../store/history.ts';
import type { Format } from '../format.ts';
import type { ChartName, TermName } from '../strings/strings.ts';

export interface ChartSpec {
  readonly name: ChartName;
  readonly term: TermName;
  /** Thin: the band between least and greatest. */
  readonly raw?: (history: MetricsHistory) => Series;
  readonly smoothed?: (history: MetricsHistory) => Series;
  /** Points, joined by a dashed line. */
  readonly heldOut?: (history: MetricsHistory) => Series;
  /** Fixed range; what grows without bound has none. */
  readonly domain?: readonly [number, number];
  /** The goal of the task is drawn into it. */
  readonly hasGoal?: boolean;
  readonly isLarge?: boolean;
  /** Drawn over its logarithm where the visitor asks for it. */
  readonly canBeLogarithmic?: boolean;
  /** Only where the task knows the gold alignment. */
  readonly needsGold?: boolean;
  /** Only for models of these families; for all where it is left out. */
  readonly families?: readonly Family[];
  /** Only where the model has attention. */
  readonly needsAttention?: boolean;
  readonly format: (value: number, format: Format) => string;
}

const percent = (value: number, format: Format): string => format.percent(value);
const figure = (value: number, format: Format): string => format.figure(value);

const SHARE: readonly [number, number] = [0, 1];

const CHARTS: readonly ChartSpec[] = [
  {
    name: 'loss',
    term: 'loss',
    raw: ({ training }) => training.loss,
    smoothed: ({ smoothed }) => smoothed.loss,
    heldOut: ({ heldOut }) => heldOut.loss,
    isLarge: true,
    canBeLogarithmic: true,
    format: figure,
  },
  {
    name: 'exactMatch',
    term: 'exactMatch',
    heldOut: ({ heldOut }) => heldOut.exactMatch,
    domain: SHARE,
    hasGoal: true,
    isLarge: true,
    format: percent,
  },
  {
    name: 'alignmentError',
    term: 'alignmentError',
    heldOut: ({ heldOut }) => heldOut.alignmentError,
    domain: SHARE,
    needsGold: true,
    needsAttention: true,
    families: ['translator', 'reader'],
    format: percent,
  },
  {
    name: 'decidingWord',
    term: 'decidingWord',
    heldOut: ({ heldOut }) => heldOut.decidingWord,
    domain: SHARE,
    needsGold: true,
    needsAttention: true,
    families: ['classifier'],
    format: percent,
  },
  {
    name: 'attentionEntropy',
    term: 'entropy',
    heldOut: ({ heldOut }) => heldOut.attentionEntropy,
    domain: SHARE,
    needsAttention: true,
    format: (value, format) => format.weight(value),
  },
  {
    name: 'tokenAccuracy',
    term: 'tokenAccuracy',
    raw: ({ training }) => training.tokenAccuracy,
    smoothed: ({ smoothed }) => smoothed.tokenAccuracy,
    heldOut: ({ heldOut }) => heldOut.tokenAccuracy,
    domain: SHARE,
    format: percent,
  },
  {
    name: 'bleu',
    term: 'bleu',
    families: ['translator', 'reader'],
    heldOut: ({ heldOut }) => heldOut.bleu,
    domain: SHARE,
    format: (value, format) => format.weight(value),
  },
  {
    name: 'gradientNorm',
    term: 'gradientNorm',
    raw: ({ training }) => training.gradientNorm,
    smoothed: ({ smoothed }) => smoothed.gradientNorm,
    format: figure,
  },
  {
    name: 'stepsPerSecond',
    term: 'stepsPerSecond',
    smoothed: ({ rates }) => rates.stepsPerSecond,
    format: figure,
  },
  {
    name: 'tokensPerSecond',
    term: 'tokensPerSecond',
    smoothed: ({ rates }) => rates.tokensPerSecond,
    format: figure,
  },
];

/** What decides which charts are drawn. */
export interface Measured {
  readonly family: Family;
  readonly hasGold: boolean;
  readonly hasAttention: boolean;
}

/** The charts of a model. */
export const chartsFor = ({ family, hasGold, hasAttention }: Measured): readonly ChartSpec[] =>
  CHARTS.filter(
    (spec) =>
      (!spec.needsGold || hasGold) &&
      (!spec.needsAttention || hasAttention) &&
      (spec.families?.includes(family) ?? true),
  );
