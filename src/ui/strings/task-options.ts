/** Names of tasks where a setting's value is named. */

import { TASKS } from '../../model/tasks.ts';
import type { TaskStrings } from './en-tasks.ts';

/** One option for each built-in task, by its full name. */
export const taskOptions = ({ texts }: TaskStrings): Record<string, string> =>
  Object.fromEntries(TASKS.map((task) => [task, texts[task].name]));
