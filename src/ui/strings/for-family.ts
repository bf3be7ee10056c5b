/** The words for a family of models: those of the table, with what is said otherwise for it. */

import type { Family } from '../../model/config.ts';
import type { Strings } from './strings.ts';

export function stringsFor(strings: Strings, family: Family): Strings {
  if (family === 'reader') return { ...strings, terms: { ...strings.terms, ...strings.picture.terms } };
  if (family !== 'classifier') return strings;
  const { schematic, settings, meters, explains, whatIf, cell } = strings;
  const own = strings.classifier;
  return {
    ...strings,
    sentence: { ...strings.sentence, ...own.sentence },
    heatmap: { ...strings.heatmap, ...own.heatmap },
    samples: own.samples,
    explains: {
      ...explains,
      measures: { ...explains.measures, attention: { ...explains.measures.attention, says: own.panels.looked } },
      reading: { ...explains.reading, does: own.panels.attentionDoes, doesNot: own.panels.attentionDoesNot },
    },
    whatIf: {
      ...whatIf,
      parts: { ...whatIf.parts, hints: { ...whatIf.parts.hints, attention: own.panels.attentionOff } },
      result: { ...whatIf.result, title: own.panels.resultTitle, caption: own.panels.resultCaption },
    },
    cell: {
      ...cell,
      backward: { ...cell.backward, isOwnTranslation: own.panels.isOwnAnswer, loss: own.panels.loss },
    },
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
