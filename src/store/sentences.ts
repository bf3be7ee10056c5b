/** The sentences of a visit: which one is on the stage, which the worker keeps translating, and what the visitor types. */

import { RequestError } from '../training/client.ts';
import type { Translation } from '../training/protocol.ts';
import type { Ask } from './ask.ts';
import type { Connection } from './connection.ts';
import { PROBE_COUNT, receiveOwn, type Staged, sentenceKey, stage, stagedKey } from './frame-store.ts';
import { stageHypothesis } from './hypotheses.ts';
import type { SessionStores } from './session-stores.ts';

export interface SentencesContext {
  readonly stores: SessionStores;
  readonly connection: Connection;
  readonly ask: Ask;
}

export interface Sentences {
  stage(staged: Staged): void;
  /** Translates a typed sentence, or has it wait for the run that is being opened. */
  translate(text: string): Promise<void>;
  /** Has a typed sentence wait for the next run. */
  wait(text: string): void;
  /** Tells a new run of the sentence that waits, or of the one on the stage. */
  greet(): void;
}

export function createSentences({ stores, connection, ask }: SentencesContext): Sentences {
  const { run, frames, edits, timeline, view } = stores;
  /** Typed while no run was ready. */
  let waiting = '';

  /** Tells the worker which sentences to keep translating, the one on the stage first. */
  function pin(): void {
    const known = run.getState().run?.samples ?? [];
    const samples = known.slice(0, PROBE_COUNT).map(({ sourceText }) => sourceText);
    const { staged, own } = frames.getState();
    const first = staged.kind === 'own' ? own?.text : samples[staged.index];
    const others = samples.filter((text) => text !== first);
    connection.client.send({ type: 'probes', sources: first === undefined ? others : [first, ...others] });
  }

  /** Puts the best translation that beam search finds for the typed sentence in the greedy one's place. */
  async function search({ source }: Translation): Promise<void> {
    const tokens = source.map((token) => token.text);
    const { answer } = await ask('beam', { source: tokens, width: view.getState().beamWidth });
    if (answer && stagedKey(frames.getState()) === sentenceKey(tokens)) stageHypothesis(edits, answer, 0);
  }

  async function translate(text: string): Promise<void> {
    if (run.getState().phase === 'opening') {
      waiting = text;
      return;
    }
    frames.setState({ isTranslating: true, problem: null });
    try {
      const { step, translation } = await connection.client.translate(text);
      view.setState({ hovered: null, pinned: null });
      receiveOwn(frames, text, step, translation);
      pin();
      if (view.getState().beamWidth > 1) await search(translation);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      frames.setState({ isTranslating: false, problem: error.reported });
    }
  }

  return {
    stage(staged) {
      const { past } = timeline.getState();
      stage(frames, staged);
      // Another sentence, still at the same moment.
      if (past) timeline.goToStep(past.step);
      view.setState({ hovered: null, pinned: null, waitingPin: null });
      pin();
    },
    translate,
    wait(text) {
      waiting = text;
    },
    greet() {
      const { staged, own } = frames.getState();
      const text = waiting || (staged.kind === 'own' ? (own?.text ?? '') : '');
      waiting = '';
      if (text) void translate(text);
      else if (staged.kind === 'probe' && staged.index > 0) pin();
    },
  };
}
