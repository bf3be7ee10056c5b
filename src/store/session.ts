/** One visit: the stores, the worker behind them, and everything that the visitor can do. Runs without React. */

import type { TrainingClient } from '../training/client.ts';
import type { Event } from '../training/protocol.ts';
import { type Actions, createActions } from './actions.ts';
import { createAsk } from './ask.ts';
import { createConnection } from './connection.ts';
import { bindEdits } from './edits-asker.ts';
import { createFaults } from './faults.ts';
import { openFrames, receiveFrame } from './frame-store.ts';
import { createImportStore, type ImportStore } from './import-store.ts';
import { notify } from './notice-store.ts';
import { createOpener } from './opener.ts';
import type { RaceLink } from './race-store.ts';
import { applyRunEvent } from './run-store.ts';
import { createRunsStore, type RunsStore } from './runs-store.ts';
import { createSentences } from './sentences.ts';
import { bindPin } from './session-link.ts';
import { createSessionRuns, type SessionRuns } from './session-runs.ts';
import { type Beginning, createSessionStores, type SessionStores } from './session-stores.ts';

export type { Actions } from './actions.ts';

export interface Session extends SessionStores {
  /** The visitor's own pairs, on their way in. */
  readonly imports: ImportStore;
  /** The runs that this browser keeps. */
  readonly runs: RunsStore;
  /** The runs of this visit. */
  readonly visit: SessionRuns;
  /** Races beside the run; whoever shows one makes a store of it. */
  readonly races: RaceLink;
  readonly actions: Actions;
  dispose(): void;
}

export interface SessionOptions extends Beginning {
  readonly startClient: () => TrainingClient;
  /** Goes on with the run that this browser saved last: with any, or only where it is the one that the link describes. */
  readonly resumes?: 'any' | 'same';
  /** Address of the folder of the models that ship with the page. */
  readonly models?: string;
}

/** Starts a worker and opens the run that the link describes. */
export function createSession(options: SessionOptions): Session {
  const stores = createSessionStores(options);
  const { settings, run, frames, edits, timeline, view, notices, asked } = stores;
  const visit = createSessionRuns(run, () => settings.getState().config);
  const client = () => connection.client;
  const imports = createImportStore(client);
  const faults = createFaults({ run, notices, timeline, restart: (handover) => opener.restart(handover) });

  function receive(event: Event): void {
    if (faults.receive(event)) return;
    const isFromStart = event.type === 'status' && event.step < (timeline.record.moments.at(-1)?.step ?? 0);
    visit.receive(event);
    applyRunEvent(run, event);
    imports.receive(event);
    if (event.type === 'opened' || isFromStart) timeline.restart();
    const origin = event.type === 'opened' && event.resumed?.origin;
    if (origin && origin.kind !== 'shipped')
      notify(notices, { kind: 'resumed', origin, step: event.resumed?.step ?? 0 });
    if (event.type === 'not-saved') notify(notices, { kind: 'not-saved', problem: event.problem });
    if (event.type === 'opened') openFrames(frames, event.run.samples);
    if (event.type === 'frame') {
      timeline.receive(event);
      receiveFrame(frames, event);
    }
    if (event.type === 'failed') frames.setState({ isTranslating: false });
  }

  const connection = createConnection(options.startClient, receive);
  const ask = createAsk(client, asked);
  const sentences = createSentences({ stores, connection, ask });
  const train = () => actions.train();
  const opener = createOpener({ stores, connection, sentences, faults, train, models: options.models });
  const actions = createActions({ stores, imports, connection, opener, sentences, ask });
  const runs = createRunsStore({
    client,
    openFrom: opener.openFrom,
    refuse: (error) => notify(notices, { kind: 'refused', error }),
  });
  const races: RaceLink = { act: (action) => client().race(action), subscribe: connection.subscribe };

  sentences.wait(options.link.sentence);
  const stops = [bindEdits({ edits, frames, run, ask }), bindPin(view, frames, run)];
  const wanted = options.resumes === 'same' ? settings.getState().config : null;
  void opener.open({ isFirstLook: true, ...(options.resumes && { source: { kind: 'last', wanted } }) });

  return {
    ...stores,
    imports,
    runs,
    visit,
    races,
    actions,
    dispose() {
      opener.dispose();
      timeline.pause();
      for (const stop of stops) stop();
      client().dispose();
    },
  };
}
