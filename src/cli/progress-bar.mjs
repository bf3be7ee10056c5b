/** Training progress on a terminal: one line that moves, or a line for every tenth where there is no terminal. */

/** Most cells that the bar takes; a narrow terminal leaves it fewer. */
const BAR_CELLS = 24;

/** @param {number} rate from 0 to 1 */
export const formatPercent = (rate) => `${(100 * rate).toFixed(1)} %`;

/**
 * @param {number} seconds
 * @returns {string} `m:ss`, or `h:mm:ss` from an hour on
 */
export function formatDuration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/, '');
}

/**
 * @param {import('./train-in-page.ts').TrainProgress} progress
 * @param {number} steps
 * @param {number} secondsLeft
 */
export function formatProgress({ step, loss, exactMatch, stepsPerSecond }, steps, secondsLeft) {
  const exact = exactMatch === null ? '–' : formatPercent(exactMatch);
  const count = `step ${step.toLocaleString('en')} of ${steps.toLocaleString('en')}`;
  return `${count}  loss ${loss.toFixed(4)}  exact ${exact}  ${stepsPerSecond.toFixed(1)} steps/s  ${formatDuration(secondsLeft)} left`;
}

/**
 * @param {number} steps
 * @param {{ isTTY?: boolean, columns?: number, write: (text: string) => unknown }} [output]
 * @param {() => number} [nowMs]
 */
export function createProgressBar(steps, output = process.stdout, nowMs = () => performance.now()) {
  /** @type {number | undefined} */
  let startMs;
  let startStep = 0;
  let tenths = 0;
  let isLineOpen = false;
  return {
    /** @param {import('./train-in-page.ts').TrainProgress} progress */
    show(progress) {
      // Timed from the first report on: compiling and recording the step are not the pace of the rest.
      if (startMs === undefined) {
        startMs = nowMs();
        startStep = progress.step;
      }
      const done = progress.step - startStep;
      const secondsEach = done > 0 ? (nowMs() - startMs) / 1000 / done : 1 / Math.max(progress.stepsPerSecond, 1e-9);
      const text = formatProgress(progress, steps, secondsEach * (steps - progress.step));
      const share = Math.min(1, progress.step / steps);
      if (!output.isTTY) {
        if (Math.floor(10 * share) <= tenths) return;
        tenths = Math.floor(10 * share);
        output.write(`${String(10 * tenths).padStart(3)} %  ${text}\n`);
        return;
      }
      const room = (output.columns ?? 120) - 1;
      const figures = `${String(Math.floor(100 * share)).padStart(3)} %  ${text}`;
      const cells = Math.max(0, Math.min(BAR_CELLS, room - figures.length - 1));
      const full = Math.round(cells * share);
      const line = `${'█'.repeat(full)}${'░'.repeat(cells - full)} ${figures}`.trimStart();
      // One column stays free: a full line would make some terminals start the next.
      output.write(`\r\u001b[2K${line.slice(0, room)}`);
      isLineOpen = true;
    },
    /** Leaves the moving line, so that what follows starts on its own. */
    end() {
      if (isLineOpen) output.write('\n');
      isLineOpen = false;
    },
  };
}
