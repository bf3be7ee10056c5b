/** What the page does about faults that the worker can't see to: a worker that ended, and a GPU that only a new page gets. */

import { Ladder } from '../lib/fault-ladder.ts';
import { WORKER_ERROR } from '../training/client.ts';
import type { Event, Recovery, TrainingState } from '../training/protocol.ts';
import { type NoticeStore, notify } from './notice-store.ts';
import type { Handover, Reloader } from './reloader.ts';
import { isRunning, type RunStore } from './run-store.ts';
import type { TimelineStore } from './timeline-store.ts';

export interface FaultsContext {
  readonly run: RunStore;
  readonly notices: NoticeStore;
  readonly timeline: TimelineStore;
  readonly reloader: Reloader;
  /** Starts another worker and opens the run there. */
  readonly restart: (handover: Handover) => void;
  /** Has the worker go on on the CPU. */
  readonly fallBack: () => void;
}

export interface Faults {
  /** Looks at an event before anything else does; true where that is all there is to do about it. */
  receive(event: Event): boolean;
  /** The run is open again after a restart or a reload. */
  recovered(handover: Handover): void;
}

export function createFaults({ run, notices, timeline, reloader, restart, fallBack }: FaultsContext): Faults {
  const ladder = new Ladder();
  let newest: TrainingState | null = null;

  const tell = (recovery: Recovery): void => notify(notices, { kind: 'recovered', recovery });

  async function leave(handover: Handover): Promise<void> {
    if (!reloader.canReload()) {
      fallBack();
      return;
    }
    try {
      await reloader.reload(handover);
    } catch {
      fallBack();
    }
  }

  return {
    receive(event) {
      if (event.type === 'snapshot') newest = event.state;
      else if (event.type === 'opened' && !event.resumed) newest = null;
      else if (event.type === 'recovered') {
        timeline.cut(event.recovery.step);
        tell(event.recovery);
      } else if (event.type === 'diverged') {
        timeline.cut(event.divergence.step);
        notify(notices, { kind: 'diverged', divergence: event.divergence });
      } else if (event.type === 'stranded') {
        const { cause, state, isTraining } = event;
        void leave({ cause, state, isTraining, step: run.getState().step });
      } else if (event.type === 'failed' && event.error.name === WORKER_ERROR) {
        if (ladder.next('worker', 'cpu', performance.now()) === 'give-up') return false;
        const state = run.getState();
        restart({ cause: 'worker', state: newest, isTraining: isRunning(state), step: state.step });
        return true;
      }
      return false;
    },
    recovered({ cause, step: before }) {
      const { run: description, step } = run.getState();
      if (!description) return;
      timeline.cut(step);
      tell({ cause, onto: description.executor.kind, step, repeatedSteps: Math.max(0, before - step) });
    },
  };
}
