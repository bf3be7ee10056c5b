/** One kept run: what it is, and what can be done with it. */

import { useState } from 'react';
import type { KeptRun } from '../../store/runs-store.ts';
import { useFormat, useSession, useStrings } from '../context.ts';

export function KeptRunRow({ run }: { readonly run: KeptRun }) {
  const { runs: strings, tasks, language } = useStrings();
  const format = useFormat();
  const { runs } = useSession();
  const [isRenaming, setRenaming] = useState(false);
  const name = run.name ?? strings.unnamed;
  const when = new Date(run.savedAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  const facts = strings.facts(
    tasks.texts[run.config.task].name,
    format.integer(run.step),
    run.exactMatch === null ? null : format.percent(run.exactMatch),
    strings.size(run.bytes),
    when,
  );
  const actions = [
    { label: strings.rename, act: () => setRenaming(true) },
    { label: strings.duplicate, act: () => void runs.duplicate(run, strings.copyOf(name)) },
    { label: strings.delete, act: () => void runs.delete(run) },
  ];
  return (
    <li className="shelf-run">
      {isRenaming ? (
        <RenameForm
          name={name}
          onDone={(next) => {
            setRenaming(false);
            if (next) void runs.rename(run, next);
          }}
        />
      ) : (
        <button
          type="button"
          className="shelf-open"
          aria-label={strings.open(name)}
          onClick={() => void runs.open(run).then(() => runs.refresh())}
        >
          <span className={run.name === null ? 'shelf-unnamed' : 'shelf-name'}>{name}</span>
        </button>
      )}
      <span className="shelf-facts">{facts}</span>
      <span className="shelf-actions">
        {actions.map(({ label, act }) => (
          <button key={label} type="button" className="text-button" aria-label={strings.of(label, name)} onClick={act}>
            {label}
          </button>
        ))}
      </span>
    </li>
  );
}

/** Enter keeps the new name, Escape the old one. */
function RenameForm({ name, onDone }: { readonly name: string; readonly onDone: (next: string | null) => void }) {
  const { runs: strings } = useStrings();
  const [next, setNext] = useState(name);
  return (
    <form
      className="shelf-save"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(next.trim() || null);
      }}
    >
      <input
        type="text"
        aria-label={strings.renameTo(name)}
        maxLength={60}
        value={next}
        ref={(field) => field?.focus()}
        onChange={(event) => setNext(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onDone(null);
        }}
      />
      <button type="submit">{strings.keep}</button>
    </form>
  );
}
