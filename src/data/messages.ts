/** Compiler messages, English to French or Japanese: the translations of TypeScript 5.9.3, with its slots filled. */

import type { Corpus } from './corpus.ts';
import table from './tables/messages.json' with { type: 'json' };
import { loadTemplates } from './templates.ts';

const LANGUAGES = { messages: 'fr', 'messages-ja': 'ja' } as const;
export type MessageTask = keyof typeof LANGUAGES;

/** 20 messages are never trained on. */
export function loadMessages(task: MessageTask): Corpus {
  const language = LANGUAGES[task];
  return loadTemplates({
    task,
    targetLanguage: language,
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
