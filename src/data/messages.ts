/** Compiler messages, English to French or Japanese: the translations of TypeScript 5.9.3, with its slots filled. */

import type { Corpus } from './corpus.ts';
import table from './tables/messages.json' with { type: 'json' };
import { loadTemplates } from './templates.ts';
import { MESSAGE_TEXTS, type MessageTask } from './templates-text.ts';

/** 20 messages are never trained on. */
export function loadMessages(task: MessageTask): Corpus {
  const text = MESSAGE_TEXTS[task];
  const language = text.targetLanguage as 'fr' | 'ja';
  return loadTemplates({
    text,
    templates: table.map((row) => ({ source: row.en, target: row[language], slots: row.slots })),
    heldOutTexts: 20,
    probes: [
      { source: "type '{0}' is not assignable to type '{1}' .", fillers: ['string', 'number'] },
      { source: "property '{0}' does not exist on type '{1}' .", fillers: ['width', 'Circle'] },
      { source: "module '{0}' has no exported member '{1}' .", fillers: ['./utils', 'parent'] },
      { source: "cannot assign to '{0}' because it is a constant .", fillers: ['total'] },
    ],
  });
}
