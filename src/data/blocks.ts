/** Texts of programming blocks, English to German or Japanese: the translations of scratch-l10n 4.0.31, with their slots filled. */

import type { Corpus } from './corpus.ts';
import table from './tables/blocks.json' with { type: 'json' };
import { loadTemplates } from './templates.ts';

const LANGUAGES = { blocks: 'de', 'blocks-ja': 'ja' } as const;
export type BlockTask = keyof typeof LANGUAGES;

/** 8 texts are never trained on. */
export function loadBlocks(task: BlockTask): Corpus {
  const language = LANGUAGES[task];
  return loadTemplates({
    task,
    targetLanguage: language,
    templates: table.map((row) => ({ source: row.en, target: row[language], slots: row.slots })),
    heldOutTexts: 8,
    probes: [
      { source: 'insert {0} at {1} of {2}', fillers: ['banana', '3', 'fruits'] },
      { source: 'replace item {0} of {1} with {2}', fillers: ['7', 'colors', 'blue'] },
      { source: 'glide {0} secs to x : {1} y : {2}', fillers: ['2', '40', '15'] },
      { source: 'say {0} for {1} seconds', fillers: ['hello', '5'] },
    ],
  });
}
