/** What the page does and says about faults; of a worker that ended only the page can take care. */

import { Ladder } from '../lib/fault-ladder.ts';
import { WORKER_ERROR } from '../training/client.ts';
import type { Event, Recovery, Succession, TrainingState } from '../training/protocol.ts';
import { type NoticeStore, notify } from './notice-store.ts';
import { isRunning, type RunStore } from './run-store.ts';
import type { TimelineStore } from './timeline-store.ts';

/** What a run goes on from in another worker. */
export interface Handover extends Succession {
  /** Null for the initial weights. */
  readonly state: TrainingState | null;
  readonly isTraining: boolean;
  /** The step that the page showed. */
  readonly step: number;
}

export interface FaultsContext {
  readonly run: RunStore;
  readonly notices: NoticeStore;
  readonly timeline: TimelineStore;
  /** Starts another worker and opens the run there. */
  readonly restart: (handover: Handover) => void;
}

export interface Faults {
  /** Looks at an event before anything else does; true where that is all there is to do about it. */
  receive(event: Event): boolean;
  /** The run is open again after a restart. */
  recovered(handover: Handover): void;
}

export function createFaults({ run, notices, timeline, restart }: FaultsContext): Faults {
  const ladder = new Ladder();
  let newest: TrainingState | null = null;
  let corpus: Succession['corpus'] = null;
  /** The run is on the CPU for as long as its GPU is not ready. */
  let isReturning = false;

  const tell = (recovery: Recovery): void => notify(notices, { kind: 'recovered', recovery });

  return {
    receive(event) {
      if (event.type === 'snapshot') newest = event.state;
      else if (event.type === 'corpus') corpus = event.corpus;
      else if (event.type === 'opened') {
        if (!event.resumed) newest = null;
        isReturning = event.isReturning === true;
      } else if (event.type === 'recovered') {
        timeline.cut(event.recovery.step);
        isReturning = event.recovery.isReturning;
        tell(event.recovery);
      } else if (event.type === 'diverged') {
        timeline.cut(event.divergence.step);
        notify(notices, { kind: 'diverged', divergence: event.divergence });
      } else if (event.type === 'failed' && event.error.name === WORKER_ERROR) {
        if (ladder.next('worker', 'cpu', performance.now()) === 'give-up') return false;
        const state = run.getState();
        const { kind = 'cpu', reasons = [] } = state.run?.executor ?? {};
        const hadGpu = isReturning || kind === 'webgpu';
        const handover = { state: newest, corpus, hadGpu, reasons, isTraining: isRunning(state), step: state.step };
        corpus = null;
        restart(handover);
        return true;
      }
      return false;
    },
    recovered({ step: before }) {
      const { run: description, step } = run.getState();
      if (!description) return;
      timeline.cut(step);
      tell({
        cause: 'worker',
        onto: description.executor.kind,
        isGpuGone: false,
        isReturning,
        step,
        repeatedSteps: Math.max(0, before - step),
      });
    },
  };
}
