/** Texts of programming blocks, English to German or Japanese: the translations of scratch-l10n 4.0.31, with their slots filled. */

import type { Corpus } from './corpus.ts';
import table from './tables/blocks.json' with { type: 'json' };
import { loadTemplates } from './templates.ts';
import { BLOCK_TEXTS, type BlockTask } from './templates-text.ts';

/** 8 texts are never trained on. */
export function loadBlocks(task: BlockTask): Corpus {
  const text = BLOCK_TEXTS[task];
  const language = text.targetLanguage as 'de' | 'ja';
  return loadTemplates({
    text,
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
