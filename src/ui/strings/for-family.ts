/** The words for a family of models: those of the table, with what is said otherwise for it. */

import type { Family } from '../../model/config.ts';
import type { Strings } from './strings.ts';

export function stringsFor(strings: Strings, family: Family): Strings {
  if (family !== 'classifier') return strings;
  const { schematic, settings, meters } = strings;
  const own = strings.classifier;
  return {
    ...strings,
    sentence: { ...strings.sentence, ...own.sentence },
    heatmap: { ...strings.heatmap, ...own.heatmap },
    samples: own.samples,
    figures: { ...strings.figures, ...own.figures },
    goal: { ...strings.goal, ...own.goal },
    terms: { ...strings.terms, ...own.terms },
    meters: { ...meters, charts: { ...meters.charts, ...own.charts } },
    settings: {
      ...settings,
      groups: { ...settings.groups, decoder: own.decoderGroup },
      fields: { ...settings.fields, ...own.fields },
    },
    schematic: { ...schematic, stages: { ...schematic.stages, ...own.stages }, query: own.query },
  };
}
