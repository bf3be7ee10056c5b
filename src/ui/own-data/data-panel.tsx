/** The visitor's own pairs: bring them, see what is in them, choose, train. The run goes on meanwhile. */

import { useStore } from 'zustand';
import '../styles/data.css';
import { useActions, useFormat, useSession, useStrings } from '../context.ts';
import { useErrorText } from '../status/error-text.ts';
import { Bring } from './bring.tsx';
import { Choices } from './choices.tsx';
import { EncodingQuestion } from './encoding-question.tsx';
import { Outcome } from './outcome.tsx';

export default function DataPanel() {
  const { data } = useStrings();
  const { imports } = useSession();
  const errorText = useErrorText();
  const state = useStore(imports);
  const { asked, table, choice, preview, problem, progress } = state;
  return (
    <div className="panel data" data-import={progress ? 'busy' : 'idle'}>
      <Bring isFirst={!table} />
      <Progress />
      <div role="status" className="data-problem">
        {problem && (
          <p>
            {errorText(problem)} <span className="data-kept">{data.kept}</span>
          </p>
        )}
      </div>
      {asked && <EncodingQuestion asked={asked} />}
      {!asked && table && choice && <Choices table={table} choice={choice} />}
      {!asked && table && preview && <Outcome table={table} preview={preview} />}
      {!asked && table && choice && !preview && !progress && (
        <section className="data-outcome">
          <h3>{data.resultTitle}</h3>
          <p className="hint">{data.notCut}</p>
          <div className="data-use">
            <button type="button" onClick={() => void imports.choose(choice)}>
              {data.cut}
            </button>
          </div>
        </section>
      )}
    </div>
  );
}

/** How far the worker is, and a way to stop it; its place is always there. */
function Progress() {
  const { data } = useStrings();
  const { imports } = useSession();
  const { cancelImport } = useActions();
  const format = useFormat();
  const progress = useStore(imports, (state) => state.progress);
  return (
    <div className="data-progress">
      {progress && (
        <>
          <label>
            <span>{data.busy(progress.phase, format.percent(progress.share))}</span>
            <progress value={progress.share} max={1} />
          </label>
          <button type="button" onClick={cancelImport}>
            {data.cancel}
          </button>
        </>
      )}
    </div>
  );
}
