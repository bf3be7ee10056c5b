/** The catalogue of built-in tasks: in groups, and where a task exists in several languages, its variants. */

/**
 * Group, task, variants. The first variant is the one that the task starts with and that names it; a link, a checkpoint and the
 * command line name the variant alone.
 */
export const TASK_GROUPS = {
  language: {
    phrases: ['phrases', 'phrases-de'],
    messages: ['messages', 'messages-ja'],
    blocks: ['blocks', 'blocks-ja'],
  },
  figures: {
    numbers: [
      'numbers',
      'numbers-de',
      'numbers-ar',
      'numbers-tr',
      'number-words',
      'number-words-de',
      'number-words-ar',
      'number-words-tr',
    ],
    dates: ['dates'],
    'long-dates': ['long-dates', 'long-dates-hu', 'long-dates-fr'],
  },
  sequences: {
    reverse: ['reverse'],
    copy: ['copy'],
    sort: ['sort'],
    autoencode: ['autoencode'],
    denoise: ['denoise'],
  },
  classes: { negation: ['negation'], actor: ['actor'] },
  pictures: { plates: ['plates'] },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type TaskGroup = keyof typeof TASK_GROUPS;
type VariantsOf<F> = F[keyof F] extends readonly (infer V)[] ? V : never;
type Variants = { [G in TaskGroup]: VariantsOf<(typeof TASK_GROUPS)[G]> }[TaskGroup];
/** A built-in task in one of its variants. */
export type BuiltInTask = Extract<Variants, string>;
/** A built-in task without regard to its variants. */
export type TaskName = { [G in TaskGroup]: Extract<keyof (typeof TASK_GROUPS)[G], string> }[TaskGroup];
/** The built-in tasks, plus `own` for pairs that the visitor brought. */
export type TaskId = BuiltInTask | 'own';

export interface CatalogueEntry {
  readonly group: TaskGroup;
  readonly name: TaskName;
  readonly variants: readonly BuiltInTask[];
}

/** The catalogue as a list, in the order in which it is shown. */
export const TASK_CATALOGUE: readonly CatalogueEntry[] = Object.entries(TASK_GROUPS).flatMap(([group, tasks]) =>
  Object.entries(tasks as Record<string, readonly string[]>).map(([name, variants]) => ({
    group: group as TaskGroup,
    name: name as TaskName,
    variants: variants as readonly BuiltInTask[],
  })),
);

/** Every variant of every task. */
export const TASKS: readonly BuiltInTask[] = TASK_CATALOGUE.flatMap(({ variants }) => variants);

/** The entry that a task belongs to; null for the visitor's own pairs. */
export const entryOf = (task: TaskId): CatalogueEntry | null =>
  TASK_CATALOGUE.find(({ variants }) => variants.some((variant) => variant === task)) ?? null;
