/** Decides when a training loop reports, and measures how fast it goes. */

/** Time constant of the speed shown. */
const SPEED_WINDOW_MS = 2000;

interface Mark {
  readonly at: number;
  readonly step: number;
  readonly tokens: number;
}

export class Meter {
  #marks: Mark[] = [];
  #frameAt = 0;
  #frameCostMs = 0;
  #frame: Promise<void> | null = null;
  #candidatesAt = Number.NEGATIVE_INFINITY;
  #progressAt = 0;
  #progress: Promise<void> | null = null;
  #evaluationStep = 0;
  #evaluationAt = 0;
  #evaluationCostMs = 0;

  /** Begins a stretch of training; the time before it does not count. */
  start(now: number, step: number, tokens: number): void {
    this.#marks = [{ at: now, step, tokens }];
    if (step < this.#evaluationStep) this.#evaluationStep = 0;
  }

  /** Calls `send` when a frame is due and the last one has been delivered. */
  frameDue(now: number, intervalMs: number, share: number, send: () => Promise<void>): void {
    if (this.#frame || now < this.#frameAt + Math.max(intervalMs, share * this.#frameCostMs)) return;
    this.#frameAt = now;
    this.#frame = send().then(() => {
      this.#frameCostMs = performance.now() - now;
      this.#frame = null;
    });
  }

  /** True when the frame that is being sent should have the likeliest words. */
  candidatesDue(now: number, intervalMs: number): boolean {
    if (now < this.#candidatesAt + intervalMs) return false;
    this.#candidatesAt = now;
    return true;
  }

  progressDue(now: number, intervalMs: number, send: () => Promise<void>): void {
    if (this.#progress || now < this.#progressAt + intervalMs) return;
    this.#progressAt = now;
    this.#progress = send().then(() => {
      this.#progress = null;
    });
  }

  /** True when enough steps have passed, and enough time for the last evaluation to have been worth its cost. */
  evaluationDue(now: number, step: number, everySteps: number, share: number): boolean {
    return step >= this.#evaluationStep + everySteps && now >= this.#evaluationAt + share * this.#evaluationCostMs;
  }

  evaluated(now: number, costMs: number, step: number): void {
    this.#evaluationAt = now;
    this.#evaluationCostMs = costMs;
    this.#evaluationStep = step;
  }

  /** Resolves when what is on its way has been delivered. */
  async settled(): Promise<void> {
    await Promise.all([this.#frame, this.#progress]);
  }

  /** Speed over the last two seconds of training. */
  speed(now: number, step: number, tokens: number) {
    this.#marks.push({ at: now, step, tokens });
    while (this.#marks.length > 2 && (this.#marks[1] as Mark).at < now - SPEED_WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0] as Mark;
    const seconds = Math.max(1e-3, (now - first.at) / 1000);
    const steps = step - first.step;
    return {
      stepsPerSecond: steps / seconds,
      tokensPerSecond: (tokens - first.tokens) / seconds,
      stepMs: steps > 0 ? (1000 * seconds) / steps : 0,
    };
  }
}
