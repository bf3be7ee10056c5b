/** The probability of every class for the sentence on the stage, in an order that stays. */

import '../styles/classes.css';
import type { Candidate } from '../../training/questions.ts';
import { useEdits, useFormat, useFrames, useRun, useStrings, useTimeline } from '../context.ts';

const NONE: readonly Candidate[] = [];

/** The classes of what is on the stage: of a moment of the past, of the edits, or of the newest weights. */
function useClasses(): readonly Candidate[] {
  const kind = useFrames((state) => state.overlay?.kind ?? null);
  const past = useTimeline((state) => state.past?.candidates?.candidates[0] ?? null);
  const edited = useEdits((state) => state.result?.edited.candidates[0] ?? null);
  const shown = useFrames((state) => state.shown?.translation.candidates?.[0] ?? null);
  return (kind === 'past' ? past : kind === 'edited' ? edited : shown) ?? NONE;
}

export default function ClassBars() {
  const { classes } = useStrings().classifier;
  const format = useFormat();
  const language = useRun(({ run }) => run?.targetLanguage);
  const reference = useFrames((state) => state.shape?.reference?.[0] ?? null);
  const all = useClasses();
  const best = all[0]?.token;
  const ordered = all.toSorted((a, b) => (a.token < b.token ? -1 : 1));
  if (ordered.length === 0) return null;
  return (
    <section className="classes" aria-labelledby="classes-title">
      <h3 id="classes-title">{classes.title}</h3>
      <ul className="class-list" lang={language}>
        {ordered.map(({ token, probability }) => (
          <li
            key={token}
            className={`class ${token === best ? 'best' : ''} ${token === reference ? 'right' : ''}`}
            aria-current={token === best}
          >
            <span className="class-name">{token}</span>
            <span className="class-track" aria-hidden="true">
              <span className="class-bar" style={{ transform: `scaleX(${probability})` }} />
            </span>
            <span className="class-value">{format.weight(probability)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
