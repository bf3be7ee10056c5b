/** A scripted training worker for tests of the page: speaks the protocol, computes nothing, learns on schedule. */

import { type ReportedError, reportError, SentenceError } from '../lib/errors.ts';
import { type Config, checkConfig, resolveConfig } from '../model/config.ts';
import type { WorkerPort } from '../training/client.ts';
import {
  type Command,
  type DecodingMode,
  type Event,
  type ExecutorPreference,
  type Pace,
  type RunDescription,
  type RunStatus,
  STAGES,
  type StrategyPreference,
} from '../training/protocol.ts';
import { type FakePair, fakePairs, fakeTranslation } from './fake-translations.ts';

/** Steps until the fake has learned everything. */
const LEARNED = 400;
const TICK_MS = 66;

type Listener = (event: globalThis.Event) => void;

/** Put it where a `Worker` goes: `createTrainingClient(new FakeWorker())`. */
export class FakeWorker implements WorkerPort {
  /** Everything that was sent, for tests to look at. */
  readonly sent: Command[] = [];
  isTerminated = false;
  stepsPerTick = 4;
  /** Why it does not go on elsewhere, where it shall not. */
  refusal: ReportedError | null = null;
  /** What it opens is on the CPU only until the GPU is ready. */
  isReturning = false;
  /** Hangs: gives no answer to anything. */
  isSilent = false;
  readonly #listeners = new Map<string, Listener[]>();
  #config: Config | null = null;
  #pairs: readonly FakePair[] = [];
  #probes: readonly string[] = [];
  #mode: DecodingMode = 'free-running';
  #pace: Pace = { kind: 'full' };
  #step = 0;
  #stepsLeft = 0;
  #stageIndex = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  postMessage(command: Command): void {
    this.sent.push(command);
    setTimeout(() => !this.isSilent && this.#answer(command), 1);
  }

  terminate(): void {
    this.isTerminated = true;
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  /** Sends an event to the page, as the worker's script would. */
  emit(event: Event): void {
    this.dispatch('message', { data: event });
  }

  /** Raises an event of the worker object itself: `error` or `messageerror`. */
  dispatch(type: 'message' | 'error' | 'messageerror', properties: object): void {
    for (const listener of this.#listeners.get(type) ?? [])
      listener(Object.assign(new globalThis.Event(type), properties));
  }

  #answer(command: Command): void {
    if (command.type === 'open') this.#open(command);
    else if (command.type === 'move') this.#move(command);
    else if (command.type === 'train') this.#run('training', Number.POSITIVE_INFINITY);
    else if (command.type === 'step') this.#run('stepping', command.count);
    else if (command.type === 'pause') this.#halt();
    else if (command.type === 'ping') this.emit({ type: 'pong' });
    else if (command.type === 'pace') this.#pace = command.pace;
    else if (command.type === 'translate') this.#translate(command.request, command.text);
    else if (command.type === 'reset') this.#reset();
    else if (command.type === 'decoding') {
      this.#mode = command.mode;
      this.#sendFrame();
    } else if (command.type === 'probes') {
      this.#probes = command.sources;
      this.#sendFrame();
    }
  }

  #reset(): void {
    this.#step = 0;
    this.#halt();
    this.#sendFrame();
  }

  #open({ request, config, executor, strategy = 'auto', resume }: Extract<Command, { type: 'open' }>): void {
    try {
      checkConfig(resolveConfig(config));
    } catch (error) {
      this.emit({ type: 'refused', request, error: reportError(error) });
      return;
    }
    this.#config = config;
    this.#pairs = fakePairs(config.task);
    this.#probes = this.#pairs.map((pair) => pair.source.join(' '));
    this.#step = resume?.step ?? 0;
    const run = this.#describe(config, executor, strategy);
    const resumed = resume
      ? { resumed: { evaluation: null, origin: null, step: resume.step, curves: resume.curves } }
      : {};
    this.emit({ type: 'opened', request, run, isReturning: this.isReturning, ...resumed });
    this.#halt();
    this.#sendFrame();
  }

  #move({ request, executor, strategy }: Extract<Command, { type: 'move' }>): void {
    if (this.refusal || !this.#config)
      this.emit({ type: 'refused', request, error: this.refusal ?? reportError(new Error('no run is open')) });
    else this.emit({ type: 'moved', request, run: this.#describe(this.#config, executor, strategy) });
  }

  #describe(config: Config, executor: ExecutorPreference, strategy: StrategyPreference): RunDescription {
    return {
      config,
      executor:
        executor === 'cpu'
          ? { kind: 'cpu', adapter: '', isSoftware: true, threads: 2, reasons: [] }
          : { kind: 'webgpu', adapter: 'google / swiftshader', isSoftware: true, threads: 0, reasons: [] },
      parameterCount: 86_541 + 1000 * config.hidden,
      strategy:
        executor === 'cpu'
          ? null
          : {
              strategy: strategy === 'auto' ? 'persistent' : strategy,
              rows: 16,
              lanes: 4,
              reason:
                strategy === 'auto' ? { kind: 'rule', isSoftware: true, hidden: 64, batch: 64 } : { kind: 'asked' },
            },
      bufferBytes: 7_340_032,
      bufferCount: 180,
      dispatchesPerStep: 214,
      sourceLanguage: 'en',
      targetLanguage: 'fr',
      trainPairs: 40_000,
      validationPairs: 1000,
      testPairs: 1000,
      sourceVocabularySize: 214,
      targetVocabularySize: 260,
      hasGoldAlignment: config.task === 'phrases',
      maxSourceTokens: 16,
      samples: this.#pairs.map((pair) => ({
        source: pair.source,
        target: pair.target,
        sourceText: pair.source.join(' '),
        targetText: pair.target.join(' '),
      })),
    };
  }

  #run(status: RunStatus, count: number): void {
    this.#stepsLeft = count;
    this.emit({ type: 'status', status, step: this.#step });
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #halt(): void {
    clearInterval(this.#timer);
    this.emit({ type: 'status', status: 'paused', step: this.#step });
  }

  #tick(): void {
    if (this.#pace.kind === 'slow-motion' && !this.#showStage()) return;
    const limit = this.#pace.kind === 'full' ? this.stepsPerTick : 1;
    const count = Math.min(limit, this.#stepsLeft);
    this.#stepsLeft -= count;
    this.#sendProgress(count);
    this.#sendFrame();
    if (this.#stepsLeft <= 0) this.#halt();
  }

  /** One stage a second; true once the update is through. */
  #showStage(): boolean {
    const visit = Math.floor(this.#stageIndex++ / 14);
    const path = [...STAGES.slice(0, 7), ...STAGES.slice(0, 7).reverse(), STAGES[7]];
    if (visit >= path.length) {
      this.#stageIndex = 0;
      return true;
    }
    const stage = path[visit];
    const position = ['score', 'softmax', 'context', 'decode'].includes(stage) ? 1 : null;
    const direction = visit < 7 || stage === 'update' ? 'forward' : 'backward';
    this.emit({ type: 'stage', report: { step: this.#step, stage, direction, position, dispatches: 5 } });
    return false;
  }

  #sendProgress(count: number): void {
    const steps = Float64Array.from({ length: count }, (_, i) => this.#step + i + 1);
    const noise = (step: number): number => 0.08 * Math.sin(step * 12.9898) * Math.cos(step * 4.1);
    const learned = (step: number): number => 1 / (1 + Math.exp(-(step - LEARNED / 2) / (LEARNED / 12)));
    this.#step += count;
    this.emit({
      type: 'progress',
      columns: {
        step: steps,
        loss: steps.map(
          (step) => 0.02 + 5.4 * (1 + noise(step) * 2) * (1 - learned(step)) ** 0.7 * Math.exp(-step / 600),
        ),
        tokenAccuracy: steps.map((step) => Math.min(1, 0.3 + 0.69 * learned(step) + noise(step) * 0.3)),
        gradientNorm: steps.map((step) => 0.4 + Math.abs(noise(step)) * 30 * (1 - learned(step))),
        learningRate: steps.map(() => this.#config?.learningRate ?? 0),
      },
      stepsPerSecond: 58 + noise(this.#step) * 40,
      tokensPerSecond: 48_000 + noise(this.#step) * 40_000,
      stepMs: 17,
    });
    if (Math.floor(this.#step / 25) === Math.floor((this.#step - count) / 25)) return;
    const share = learned(this.#step);
    this.emit({
      type: 'evaluation',
      evaluation: {
        step: this.#step,
        pairs: 200,
        loss: 0.03 + 5.2 * (1 - share),
        tokenAccuracy: 0.3 + 0.69 * share,
        exactMatch: Math.max(0, share * 1.02 - 0.025),
        bleu: share * 0.985,
        alignmentError: this.#config?.task === 'phrases' && this.#config.score !== 'none' ? 0.82 - 0.75 * share : null,
        decidingWord: null,
        attentionEntropy: this.#config?.score === 'none' ? null : 0.98 - 0.8 * share,
      },
    });
  }

  #sendFrame(): void {
    if (!this.#config) return;
    const probes = this.#probes.map((text) => this.#translation(text, this.#mode));
    this.emit({ type: 'frame', step: this.#step, mode: this.#mode, probes });
  }

  #translate(request: number, text: string): void {
    const words = text.trim().split(/\s+/).filter(Boolean);
    if (words.length === 0 || words.length > 16) {
      const error = new SentenceError(words.length === 0 ? 'empty' : 'too-long', 'the sentence has no 1 to 16 words');
      this.emit({ type: 'rejected', request, error: reportError(error) });
      return;
    }
    this.emit({ type: 'translated', request, step: this.#step, translation: this.#translation(text, 'free-running') });
  }

  #translation(text: string, mode: DecodingMode) {
    const progress = Math.min(1, this.#step / LEARNED);
    return fakeTranslation(this.#pairs, text, { progress, mode, hasAttention: this.#config?.score !== 'none' });
  }
}
