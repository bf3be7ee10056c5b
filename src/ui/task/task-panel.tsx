/** What is learned: a line on the task, what its attention should look like, and pairs it has never seen. */

import { useRun, useSettings, useStrings } from '../context.ts';
import { Sentence } from '../parts/word.tsx';

/** Pairs in sight before the first step. */
const SAMPLES = 3;

export function TaskPanel() {
  const { tasks, samples } = useStrings();
  const task = useSettings((state) => state.config.task);
  const run = useRun((state) => state.run);
  const text = tasks[task];
  return (
    <section className="task" aria-labelledby="task-title">
      <h2 id="task-title">{text.name}</h2>
      <p className="task-line">{text.line}</p>
      <p className="hint">{text.attention}</p>
      <h3>{samples.title}</h3>
      <ul className="samples">
        {run?.config.task === task
          ? run.samples.slice(0, SAMPLES).map((sample) => (
              <li key={sample.sourceText}>
                <Sentence
                  side="source"
                  tokens={sample.source}
                  language={run.sourceLanguage}
                  isTight={isCharacters(sample.source)}
                />
                <Sentence
                  side="target"
                  tokens={sample.target}
                  language={run.targetLanguage}
                  isTight={isCharacters(sample.target)}
                />
              </li>
            ))
          : Array.from({ length: SAMPLES }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places to be filled
              <li key={index} className="skeleton" aria-hidden="true" />
            ))}
      </ul>
    </section>
  );
}

/** True for a sentence whose tokens are characters. */
export const isCharacters = (tokens: readonly string[]): boolean =>
  tokens.length > 2 && tokens.every((token) => [...token].length === 1 || token === '</s>');
