/** The words of this panel, and names for settings that stand side by side. */

import type { Config, Field } from '../../model/config.ts';
import type { RunRow } from '../../store/run-rows.ts';
import type { Format } from '../format.ts';
import { valueText } from '../settings/use-setting.ts';
import type { CompareStrings, RaceFigure } from '../strings/en-compare.ts';
import { lazyTable } from '../strings/lazy-table.ts';
import type { Strings } from '../strings/strings.ts';

export const useCompareStrings = lazyTable<CompareStrings>({
  en: () => import('../strings/en-compare.ts').then(({ enCompare }) => enCompare),
  zh: () => import('../strings/zh-compare.ts').then(({ zhCompare }) => zhCompare),
});

/** A configuration by the settings in which it differs from its neighbours. */
export const nameBy = (
  fields: readonly Field[],
  config: Config,
  strings: Strings,
  words: CompareStrings,
  format: Format,
): string =>
  words.race.nameOf(
    fields.map((field) => ({
      label: strings.settings.fields[field].label,
      value: valueText(config[field], strings, format),
      isScore: field === 'score',
    })),
  );

export const figureText = (figure: RaceFigure, value: number, format: Format): string =>
  figure === 'bleu' ? format.weight(value) : format.percent(value);

/** What a run is called: its name, or which of its kind it is. */
export const runName = (row: RunRow, { runs }: CompareStrings): string =>
  row.name ??
  (row.kind === 'lane' ? runs.lane(row.place) : row.kind === 'kept' ? runs.unnamed : runs.session(row.place));
