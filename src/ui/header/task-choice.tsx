/** The task: what is translated into what. */

import { useStore } from 'zustand';
import { TASKS, type TaskId } from '../../model/config.ts';
import { useActions, useSession, useSettings, useStrings } from '../context.ts';

/** Not a task: opens the panel that own pairs come in through. */
const BRING = 'bring';

export function TaskChoice() {
  const { header, tasks, settings, data } = useStrings();
  const task = useSettings((state) => state.config.task);
  const { set, trainOnImported } = useActions();
  const { imports, view } = useSession();
  const hasOwn = useStore(imports, ({ preview }) => (preview?.corpus ?? null) !== null);
  const choose = (id: string): void => {
    if (id === BRING) view.setState({ panel: 'data' });
    else if (id === 'own') void trainOnImported();
    else set('task', id as TaskId);
  };
  return (
    <label className="task-choice">
      <span className="visually-hidden">{header.task}</span>
      <select value={task} onChange={(event) => choose(event.target.value)}>
        {TASKS.map((id) => (
          <option key={id} value={id} title={tasks[id].name}>
            {settings.options[id]}
          </option>
        ))}
        {(hasOwn || task === 'own') && (
          <option value="own" title={tasks.own.name}>
            {settings.options.own}
          </option>
        )}
        <option value={BRING}>{data.bring}</option>
      </select>
    </label>
  );
}
