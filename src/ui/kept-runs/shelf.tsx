/** The kept runs: save this one under a name; open, rename, duplicate and delete the others; checkpoint files. */

import '../styles/runs.css';
import { useEffect, useRef, useState } from 'react';
import { useFormat, useRun, useRuns, useSession, useStrings } from '../context.ts';
import { useErrorText } from '../status/error-text.ts';
import { downloadRun } from './download.ts';
import { KeptRunRow } from './kept-run-row.tsx';

export default function Shelf() {
  const { runs: strings } = useStrings();
  const { runs } = useSession();
  const shelf = useRuns((state) => state.shelf);
  const chooser = useRef<HTMLInputElement>(null);
  const isReady = useRun((state) => state.phase === 'ready');
  useEffect(() => void runs.refresh(), [runs]);
  return (
    <section className="shelf" aria-labelledby="shelf-title">
      <h2 id="shelf-title">{strings.title}</h2>
      {shelf?.isAvailable === false ? <p className="hint">{strings.unavailable}</p> : <KeptRuns isReady={isReady} />}
      <p className="shelf-files">
        <button type="button" disabled={!isReady} onClick={() => void downloadRun(runs)} aria-keyshortcuts="d">
          {strings.download}
        </button>
        <button type="button" onClick={() => chooser.current?.click()}>
          {strings.openFile}
        </button>
        <input
          ref={chooser}
          className="visually-hidden"
          type="file"
          accept=".safetensors"
          tabIndex={-1}
          aria-label={strings.openFile}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void runs.openFile(file);
            target.value = '';
          }}
        />
      </p>
    </section>
  );
}

function KeptRuns({ isReady }: { readonly isReady: boolean }) {
  const { runs: strings } = useStrings();
  const shelf = useRuns((state) => state.shelf);
  const problem = useRuns((state) => state.problem);
  const errorText = useErrorText();
  return (
    <>
      <SaveForm isReady={isReady} />
      {problem && (
        <p className="shelf-problem" role="alert">
          {problem.name === 'QuotaExceededError' ? strings.full : errorText(problem)}
        </p>
      )}
      {shelf?.runs.length === 0 && <p className="hint">{strings.none}</p>}
      {shelf && shelf.runs.length > 0 && (
        <ul className="shelf-list">
          {shelf.runs.map((run) => (
            <KeptRunRow key={run.id} run={run} />
          ))}
        </ul>
      )}
      <Deleted />
      <p className="hint">
        {strings.where}
        {shelf?.usage &&
          ` ${strings.usage(strings.size(shelf.usage.usedBytes), strings.size(shelf.usage.quotaBytes))}.`}
      </p>
    </>
  );
}

function SaveForm({ isReady }: { readonly isReady: boolean }) {
  const { runs: strings, tasks } = useStrings();
  const format = useFormat();
  const { runs } = useSession();
  const task = useRun((state) => state.run?.config.task ?? 'phrases');
  const step = useRun((state) => state.step);
  const [name, setName] = useState('');
  const suggested = `${tasks.texts[task].name} ${format.integer(step)}`;
  return (
    <form
      className="shelf-save"
      onSubmit={(event) => {
        event.preventDefault();
        void runs.save(name.trim() || suggested).then((isSaved) => isSaved && setName(''));
      }}
    >
      <input
        type="text"
        aria-label={strings.name}
        placeholder={suggested}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" disabled={!isReady}>
        {strings.save}
      </button>
    </form>
  );
}

function Deleted() {
  const { runs: strings } = useStrings();
  const { runs } = useSession();
  const deleted = useRuns((state) => state.deleted);
  return (
    <p className="shelf-deleted" role="status">
      {deleted && (
        <>
          {strings.deleted(deleted.name ?? strings.unnamed)}{' '}
          <button type="button" className="text-button" onClick={() => void runs.undelete()}>
            {strings.undo}
          </button>
        </>
      )}
    </p>
  );
}
