/** What the page has to tell the visitor besides the run itself. Kinds and values only: the words are the page's. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReportedError } from '../lib/errors.ts';
import type { Config } from '../model/config.ts';
import type { Divergence, Recovery, RunOrigin, StorageProblem } from '../training/protocol.ts';
import type { LinkProblem, LinkState } from './link.ts';
import type { SettingChange } from './settings-store.ts';

export type Notice =
  | { readonly kind: 'link-problems'; readonly problems: readonly LinkProblem[] }
  /** The run was opened again with other settings; `previous` brings the old ones back. */
  | { readonly kind: 'reopened'; readonly changes: readonly SettingChange[]; readonly previous: Config }
  | { readonly kind: 'refused'; readonly error: ReportedError }
  /** Something failed, and the run went on. */
  | { readonly kind: 'recovered'; readonly recovery: Recovery }
  /** The training broke down, and went back. */
  | { readonly kind: 'diverged'; readonly divergence: Divergence }
  /** The run goes on from where it was kept. */
  | { readonly kind: 'resumed'; readonly origin: RunOrigin; readonly step: number }
  /** The run is not being saved. */
  | { readonly kind: 'not-saved'; readonly problem: StorageProblem }
  /** The page stays in the language that it is in. */
  | { readonly kind: 'language-not-loaded' }
  /** A lesson that had brought its own settings was put away. */
  | { readonly kind: 'lesson-left'; readonly before: LinkState }
  | { readonly kind: 'link-copied' }
  | { readonly kind: 'link-not-copied'; readonly link: string };

export interface NoticeState {
  /** Newest last; at most one of each kind. */
  readonly notices: readonly Notice[];
}
export type NoticeStore = StoreApi<NoticeState>;

export const createNoticeStore = (): NoticeStore => createStore(() => ({ notices: [] }));

export const notify = (store: NoticeStore, notice: Notice): void =>
  store.setState(({ notices }) => ({ notices: [...notices.filter(({ kind }) => kind !== notice.kind), notice] }));

export const dismiss = (store: NoticeStore, kind: Notice['kind']): void =>
  store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.kind !== kind) }));
