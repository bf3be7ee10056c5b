/** The task: what is translated into what. Tasks in groups; where one exists in several languages, they are chosen in the task's own panel. */

import { useStore } from 'zustand';
import { entryOf, TASK_CATALOGUE, TASK_GROUPS, type TaskGroup, type TaskId } from '../../model/tasks.ts';
import { useActions, useSession, useSettings, useStrings } from '../context.ts';

/** Not a task: opens the panel that own pairs come in through. */
const BRING = 'bring';
const GROUPS = Object.keys(TASK_GROUPS) as TaskGroup[];

export function TaskChoice() {
  const { header, tasks, data } = useStrings();
  const task = useSettings((state) => state.config.task);
  const { set, trainOnImported } = useActions();
  const { imports, view } = useSession();
  const hasOwn = useStore(imports, ({ preview }) => (preview?.corpus ?? null) !== null);
  const entry = entryOf(task);
  const choose = (id: string): void => {
    if (id === BRING) view.setState({ panel: 'data' });
    else if (id === 'own') void trainOnImported();
    else set('task', id as TaskId);
  };
  return (
    <label className="task-choice">
      <span className="visually-hidden">{header.task}</span>
      <select value={entry?.variants[0] ?? task} onChange={(event) => choose(event.target.value)}>
        {GROUPS.map((group) => (
          <optgroup key={group} label={tasks.groups[group]}>
            {TASK_CATALOGUE.filter((candidate) => candidate.group === group).map(({ name, variants }) => (
              <option key={name} value={variants[0]} title={tasks.texts[variants[0]].line}>
                {tasks.names[name]}
              </option>
            ))}
          </optgroup>
        ))}
        <optgroup label={tasks.own}>
          {(hasOwn || task === 'own') && <option value="own">{tasks.texts.own.name}</option>}
          <option value={BRING}>{data.bring}</option>
        </optgroup>
      </select>
    </label>
  );
}
