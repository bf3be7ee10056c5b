/** What the page has to tell the visitor besides the run itself. Kinds and values only: the words are the page's. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReportedError } from '../lib/errors.ts';
import type { Config } from '../model/config.ts';
import type { LinkProblem } from './link.ts';
import type { SettingChange } from './settings-store.ts';

export type Notice =
  | { readonly kind: 'link-problems'; readonly problems: readonly LinkProblem[] }
  /** The run was opened again with other settings; `previous` brings the old ones back. */
  | { readonly kind: 'reopened'; readonly changes: readonly SettingChange[]; readonly previous: Config }
  | { readonly kind: 'refused'; readonly error: ReportedError }
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
