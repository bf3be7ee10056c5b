/** What is learned: a line on the task, what its attention should look like, and pairs it has never seen. */

import { useId } from 'react';
import { type BuiltInTask, entryOf, type TaskId } from '../../model/tasks.ts';
import { useActions, useRun, useSettings, useStrings } from '../context.ts';
import { Sentence } from '../parts/word.tsx';

/** Pairs in sight before the first step. */
const SAMPLES = 3;

export function TaskPanel() {
  const { tasks, samples } = useStrings();
  const task = useSettings((state) => state.config.task);
  const run = useRun((state) => state.run);
  const text = tasks.texts[task];
  const variants = entryOf(task)?.variants ?? [];
  return (
    <section className="task" aria-labelledby="task-title">
      <h2 id="task-title">{text.name}</h2>
      <p className="task-line">{text.line}</p>
      <p className="hint">{text.attention}</p>
      {variants.length > 1 && <VariantChoice variants={variants} task={task} />}
      <h3>{samples.title}</h3>
      <ul className="samples">
        {run?.config.task === task
          ? run.samples.slice(0, SAMPLES).map((sample) => (
              <li key={sample.sourceText}>
                <Sentence
                  side="source"
                  tokens={sample.source}
                  text={sample.sourceText}
                  language={run.sourceLanguage}
                  isTight={isCharacters(sample.source)}
                />
                <Sentence
                  side="target"
                  tokens={sample.target}
                  text={sample.targetText}
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

/** The second choice of a task that exists in several languages. */
function VariantChoice({ variants, task }: { readonly variants: readonly BuiltInTask[]; readonly task: TaskId }) {
  const { tasks } = useStrings();
  const { set } = useActions();
  const id = useId();
  return (
    <p className="task-variant">
      <label htmlFor={id}>{tasks.variant}</label>
      <select id={id} value={task} onChange={(event) => set('task', event.target.value as TaskId)}>
        {variants.map((variant) => (
          <option key={variant} value={variant}>
            {tasks.variants[variant]}
          </option>
        ))}
      </select>
    </p>
  );
}

/** True for a sentence whose tokens are characters. */
export const isCharacters = (tokens: readonly string[]): boolean =>
  tokens.length > 2 && tokens.every((token) => [...token].length === 1 || token === '</s>');
