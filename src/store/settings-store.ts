/** The settings as the page shows them; the run follows them. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  annotationSize,
  type Config,
  checkField,
  defaultConfig,
  FIELD_NAMES,
  type Field,
  familyOf,
  LIVE_FIELDS,
  type LiveSettings,
  needsEqualSizes,
  resolveConfig,
  type TaskId,
} from '../model/config.ts';
import type { ExecutorPreference, StrategyPreference } from '../training/protocol.ts';

export interface SettingsState {
  readonly config: Config;
  readonly executor: ExecutorPreference;
  readonly strategy: StrategyPreference;
}
export type SettingsStore = StoreApi<SettingsState>;

export const createSettingsStore = (initial: SettingsState): SettingsStore => createStore(() => initial);

/** One setting's way from an old value to a new one. */
export interface SettingChange {
  readonly field: Field;
  readonly from: Config[Field];
  readonly to: Config[Field];
}

/** A configuration with one setting changed and everything that follows from it; checked. @throws ConfigError */
export function withField<F extends Field>(config: Config, field: F, value: Config[F]): Config {
  checkField(field, value);
  if (field === 'task') return changeTask(config, value as TaskId);
  const next = resolveConfig({ ...config, [field]: value });
  // A decoder that had to take the annotation size goes back to its own once the score no longer asks for it.
  if (field === 'score' && needsEqualSizes(config.score) && !needsEqualSizes(next.score))
    return { ...next, decoderHidden: defaultConfig(config.task).decoderHidden };
  return next;
}

/** Another task with its own defaults; what the visitor had changed stays changed. */
function changeTask(config: Config, task: TaskId): Config {
  const before = defaultConfig(config.task);
  const kept = FIELD_NAMES.filter((name) => name !== 'task' && config[name] !== before[name]);
  const changes = Object.fromEntries(kept.map((name) => [name, config[name]]));
  return resolveConfig({ ...defaultConfig(task), ...changes });
}

export const changesBetween = (from: Config, to: Config): SettingChange[] =>
  FIELD_NAMES.filter((field) => from[field] !== to[field]).map((field) => ({
    field,
    from: from[field],
    to: to[field],
  }));

export const isLive = (field: Field): boolean => (LIVE_FIELDS as readonly Field[]).includes(field);

/** What of the settings a run takes over between two steps. */
export const liveSettings = ({ learningRate, teacherForcing, dropout }: Config): LiveSettings => ({
  learningRate,
  teacherForcing,
  dropout,
});

/** True where two configurations describe one run, so that it can go on from one to the other. */
export const isSameRun = (a: Config, b: Config): boolean => changesBetween(a, b).every(({ field }) => isLive(field));

/** Why a setting can't be changed now. */
export type FieldLock =
  | { readonly reason: 'equal-sizes'; readonly size: number }
  | { readonly reason: 'additive-only' | 'sgd-only' | 'no-decay' | 'no-attention' | 'no-direction' };

/** The lock of a setting that has no effect, or only one possible value, under the others; null where it is free. */
export function fieldLock(config: Config, field: Field): FieldLock | null {
  if (field === 'decoderHidden' && needsEqualSizes(config.score))
    return { reason: 'equal-sizes', size: annotationSize(config) };
  if (field === 'attention' && config.score !== 'additive') return { reason: 'additive-only' };
  if (field === 'momentum' && config.optimizer !== 'sgd') return { reason: 'sgd-only' };
  if (field === 'decaySteps' && config.decay === 'none') return { reason: 'no-decay' };
  if (field === 'bidirectional' && familyOf(config.task) === 'reader') return { reason: 'no-direction' };
  if (field === 'placement' && config.score === 'none') return { reason: 'no-attention' };
  return null;
}
