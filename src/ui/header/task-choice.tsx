/** The task: what is translated into what. */

import { TASKS, type TaskId } from '../../model/config.ts';
import { useActions, useSettings, useStrings } from '../context.ts';

export function TaskChoice() {
  const { header, tasks, settings } = useStrings();
  const task = useSettings((state) => state.config.task);
  const { set } = useActions();
  return (
    <label className="task-choice">
      <span className="visually-hidden">{header.task}</span>
      <select value={task} onChange={(event) => set('task', event.target.value as TaskId)}>
        {TASKS.map((id) => (
          <option key={id} value={id} title={tasks[id].name}>
            {settings.options[id]}
          </option>
        ))}
      </select>
    </label>
  );
}
